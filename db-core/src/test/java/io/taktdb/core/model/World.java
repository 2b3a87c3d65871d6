package io.taktdb.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.PageSet;
import io.taktdb.core.table.Table;
import io.taktdb.core.table.TableAudit;
import io.taktdb.core.table.TableImage;
import io.taktdb.core.table.TableState;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.function.Executable;

/** A database and the model of it, with their marks and leases. Threading: none of its own. */
final class World implements AutoCloseable {
    private static final int MAX_LEASES = 5;

    private final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
    private Database database = new Database(budget, 0, 0);
    private ModelWorld model = new ModelWorld(database.schema());
    private final List<Mark> marks = new ArrayList<>();
    private final List<Held> leases = new ArrayList<>();
    private long tick;

    private record Mark(int undo, ModelWorld model) {}

    private record Held(Lease lease, ModelWorld model, long tick) {}

    Database database() {
        return database;
    }

    ModelWorld model() {
        return model;
    }

    Table table(final ModelTable of) {
        return database.table(of.schema().name());
    }

    /** Any table, or null. */
    ModelTable anyTable(final Random random) {
        final List<ModelTable> tables = model.tables();
        return tables.isEmpty() ? null : tables.get(random.nextInt(tables.size()));
    }

    static void refused(final ErrorCode code, final Executable action) {
        assertEquals(code, assertThrows(DbException.class, action).code());
    }

    void mark() {
        marks.add(new Mark(database.mark(), model.copy()));
    }

    /** Goes back to any of the marks. */
    void rollback(final Random random) {
        if (!marks.isEmpty()) {
            final int target = random.nextInt(marks.size());
            final Mark mark = marks.get(target);
            marks.subList(target, marks.size()).clear();
            database.rollback(mark.undo);
            model = mark.model;
            Comparison.check(database, model, "rolled back at tick " + tick);
        }
    }

    void settle() {
        database.settle();
        marks.clear();
    }

    void commit() {
        marks.clear();
        database.commit(++tick);
        try (Lease lease = database.lease()) {
            Comparison.check(lease.state(), model, "committed at tick " + tick);
        }
    }

    /** Keeps the newest state to be compared later. */
    void lease(final Random random) {
        if (leases.size() == MAX_LEASES) {
            release(random);
        }
        database.commit(++tick);
        marks.clear();
        leases.add(new Held(database.lease(), model.copy(), tick));
    }

    void release(final Random random) {
        if (!leases.isEmpty()) {
            release(leases.remove(random.nextInt(leases.size())));
        }
    }

    private void release(final Held held) {
        try (Lease lease = held.lease) {
            Comparison.check(lease.state(), held.model, "leased at tick " + held.tick + " of " + tick);
        }
    }

    /** Goes on with a database that was loaded from the pages of this one. */
    void reload() {
        commit();
        leases.forEach(this::release);
        leases.clear();
        final MemoryBudget otherBudget = new MemoryBudget(MemoryBudget.UNLIMITED);
        final Database loaded = new Database(otherBudget, tick, tick);
        try (Lease lease = database.lease()) {
            loaded.load(database.schema());
            for (final TableState table : lease.state().tables()) {
                loaded.table(table.schema().name()).load(imageOf(table));
            }
        }
        loaded.commit(++tick);
        final Database old = database;
        database = loaded;
        close(old);
        Comparison.check(database, model, "loaded at tick " + tick);
    }

    private static TableImage imageOf(final TableState table) {
        final List<PageSet> sets = PageSet.of(table);
        return new TableImage(table.layout().rowsPerChunk(), TableImage.scalarsOf(table), new TableImage.Source() {
            @Override
            public int count(final int set) {
                return sets.get(set).count();
            }

            @Override
            public byte[] page(final int set, final int page) {
                final int bytes = sets.get(set).bytes(page);
                if (bytes == PageSet.DEAD) {
                    return null;
                }
                final byte[] copy = new byte[bytes];
                if (bytes > 0) {
                    sets.get(set).copy(page, copy);
                }
                return copy;
            }
        });
    }

    /** Compares what is still leased and ends the database; all its memory must come back. */
    @Override
    public void close() {
        leases.forEach(this::release);
        leases.clear();
        close(database);
    }

    /** Ends the database whatever state it is in. */
    void abandon() {
        leases.forEach(held -> held.lease.close());
        database.close();
    }

    private static void close(final Database database) {
        database.commit(Long.MAX_VALUE);
        database.commit(Long.MAX_VALUE);
        assertEquals(0, database.waiting(), "replaced things wait although nothing is leased");
        assertEquals(TableAudit.frames(database.tables()), database.liveFrames(), "frames that no page uses");
        database.close();
        assertEquals(0, database.reservedBytes(), "memory is not returned");
    }
}
