package io.taktdb.core.transaction;

import static io.taktdb.core.testing.Rows.part;
import static io.taktdb.core.testing.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.Reader;
import io.taktdb.core.state.State;
import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.table.TableState;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many threads read while one publishes: each sees one commit, whole, for as long as it holds a lease.
 *
 * <p>Commit n sets every row of both tables to n, replaces every text, deletes one row and inserts another. In guard
 * mode a page that is taken back too early is an error by itself. More: {@code -Dtaktdb.readers.commits=1000000}.
 */
@ExtendWith(OffHeapLeakCheck.class)
class ConcurrentReadersTest {
    private static final int COMMITS = Integer.getInteger("taktdb.readers.commits", 2_000);
    private static final int THREADS = Integer.getInteger("taktdb.readers.threads", 8);
    private static final int ROWS = 24;

    private final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
    private final Database database = new Database(budget, 0, 0);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicLong reads = new AtomicLong();
    private volatile boolean done;

    @AfterEach
    void close() {
        database.close();
        assertEquals(0, budget.reservedBytes());
    }

    private void create(final String name) {
        database.change(SchemaChange.CreateTable.of(
                name,
                FieldSpec.of("value", "i64"),
                FieldSpec.of("text", "string"),
                FieldSpec.of("again", "i64").inGroup("other")));
        final Table table = database.table(name);
        for (int i = 0; i < ROWS; i++) {
            table.writes().insert(row(table.schema(), 0, text(0), 0));
        }
    }

    private static String text(final long value) {
        return "the value of this row is " + value;
    }

    private void change(final String name, final long value) {
        final Table table = database.table(name);
        final IdWalk walk = table.walk();
        final List<Long> ids = new ArrayList<>();
        while (walk.next()) {
            ids.add(walk.id());
        }
        for (final long id : ids) {
            table.writes().merge(id, part(table.schema(), new int[] {0, 1, 2}, value, text(value), value));
        }
        table.writes().delete(ids.get((int) (value % ROWS)));
        table.writes().insert(row(table.schema(), value, text(value), value));
    }

    private static void check(final State state) {
        for (final String name : new String[] {"a", "b"}) {
            final TableState table = state.table(name);
            final RowReader reader = table.reader();
            final IdWalk walk = table.walk();
            int rows = 0;
            for (; walk.next(); rows++) {
                reader.seekRow(walk.row());
                assertEquals(walk.id(), reader.id(), "torn: id map and rows");
                final long expected = state.tick();
                final boolean equal = reader.getLong(0) == expected
                        && reader.getLong(2) == expected
                        && reader.getString(1).equals(text(expected));
                assertTrue(
                        equal,
                        () -> "torn: table=" + name + ", commit=" + expected + ", found=" + reader.getLong(0) + ", "
                                + reader.getString(1) + ", " + reader.getLong(2));
            }
            assertEquals(ROWS, rows, "torn: rows of commit " + state.tick());
        }
    }

    private void read(final long seed) {
        final Random random = new Random(seed);
        try (Reader reader = database.states().reader()) {
            while (!done) {
                if (random.nextInt(4) > 0) {
                    check(reader.enter());
                    reader.exit();
                } else {
                    try (Lease lease = database.lease()) {
                        check(lease.state());
                        for (int i = random.nextInt(3); i > 0; i--) {
                            LockSupport.parkNanos(10_000);
                            check(lease.state());
                        }
                    }
                }
                reads.incrementAndGet();
            }
        } catch (final Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    @Test
    @Tag("lf_2:test_concurrent_readers_writers")
    @Tag("lf_2:test_snapshot_isolation")
    @Tag("lf_1:test_no_data_races")
    @Tag("ab_2:test_readers_isolated_from_writers")
    @Tag("ao_1:test_read_during_write_isolation")
    @Tag("sl_5:test_concurrent_reads_no_tearing")
    @Tag("lf_1:test_multiple_concurrent_loads")
    @Tag("lf_1:test_load_during_concurrent_write")
    @Tag("lf_1:test_concurrent_loads_with_heavy_contention")
    @Tag("lf_2:test_buffer_consistency_during_swap")
    @Tag("ab_1:test_concurrent_read_access")
    @Tag("ab_2:test_concurrent_read_during_swap")
    @Tag("ab_2:test_high_frequency_swaps")
    @Tag("sl_5:test_read_while_buffer_swapped")
    @Tag("sl_5:test_lock_free_reads_via_arcswap")
    @Tag("ao_1:test_buffer_swap_atomicity")
    @Tag("ao_1:test_create_concurrent_read_consistency")
    @Tag("ao_1:test_update_concurrent_consistency")
    @Tag("ao_1:test_multi_field_update_atomic")
    @Tag("ab_3:test_atomic_buffer_swap")
    @Tag("mi_3:test_arcswap_buffer_swapping")
    @Tag("mi_3:test_lock_free_reads")
    @Tag("zc_1:test_no_data_race")
    @Tag("sl_1:send_sync")
    @Tag("lf_1:test_thread_safety")
    @Tag("ab_1:test_arc_send_sync")
    @Tag("ab_2:test_swap_with_active_iterators")
    @Tag("zc_2:test_iter_concurrent_snapshot")
    @Tag("ms_2:test_bounds_check_during_buffer_swap")
    @Tag("ms_2:test_concurrent_bounds_checks_consistent")
    @Tag("ao_1:test_read_atomic_consistency")
    @Tag("rc_5:list_records_buffer_swap_safety")
    @Tag("sl_1:atomic_reference")
    void shouldSeeWholeCommitsWhenManyThreadsReadDuringCommits() throws InterruptedException {
        final long seed = System.nanoTime();
        create("a");
        create("b");
        database.commit(0);
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            final long own = seed + i;
            threads.add(new Thread(() -> read(own), "reader-" + i));
        }
        threads.forEach(Thread::start);
        try {
            for (long tick = 1; tick <= COMMITS && failure.get() == null; tick++) {
                change("a", tick);
                change("b", tick);
                database.commit(tick);
            }
            while (reads.get() < THREADS && failure.get() == null) {
                Thread.onSpinWait();
            }
        } finally {
            done = true;
            for (final Thread thread : threads) {
                thread.join();
            }
        }
        if (failure.get() != null) {
            throw new AssertionError("seed=" + seed, failure.get());
        }
        database.commit(COMMITS + 1L);
        database.commit(COMMITS + 2L);
        assertEquals(0, database.waiting(), "after " + reads.get() + " reads something still waits for a lease");
    }
}
