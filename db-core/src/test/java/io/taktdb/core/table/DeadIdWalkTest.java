package io.taktdb.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.testing.Rows;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which ids are dead, and the same ids dead again in another table. */
final class DeadIdWalkTest {
    private Database database;
    private Table from;
    private Table to;

    @BeforeEach
    void open() {
        database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);
        database.change(CreateTable.of("one"));
        database.change(CreateTable.of("other"));
        from = database.table("one");
        to = database.table("other");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void insert(final long id) {
        from.writes().insert(id, Rows.row(from.schema()));
    }

    private static Set<Long> dead(final TableView table) {
        final TreeSet<Long> dead = new TreeSet<>();
        final DeadIdWalk walk = table.deadIds();
        while (walk.next()) {
            for (long id = walk.first(); id <= walk.last(); id++) {
                assertEquals(IdLookup.DEAD, IdLookup.find(table, id));
                assertEquals(true, dead.add(id), () -> "twice: id=" + walk.first());
            }
        }
        return dead;
    }

    @Test
    void shouldJoinNeighboursOverPages() {
        for (long id = 1; id <= 2000; id++) {
            insert(id);
        }
        for (long id = 400; id <= 1700; id++) {
            from.writes().delete(id);
        }
        final DeadIdWalk walk = from.deadIds();
        assertEquals(true, walk.next());
        assertEquals(400, walk.first());
        assertEquals(1700, walk.last());
        assertFalse(walk.next());
    }

    @Test
    void shouldFindNoneInATableWithoutDeletes() {
        insert(1);
        insert(-1);
        assertFalse(from.deadIds().next());
        assertFalse(to.deadIds().next());
    }

    @Property(tries = 15)
    void shouldBuryTheSameIds(@ForAll final long seed) {
        open();
        final Random random = new Random(seed);
        final TreeSet<Long> dead = new TreeSet<>();
        final TreeSet<Long> live = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            final long start = random.nextInt(6) == 0 ? random.nextLong() : random.nextInt(40_000);
            final int length = random.nextInt(3) == 0 ? random.nextInt(3000) : 1;
            for (long id = start; id < start + length; id++) {
                if (IdLookup.find(from, id) == IdLookup.UNUSED) {
                    insert(id);
                    live.add(id);
                }
            }
            if (random.nextBoolean()) {
                for (final long id : live.subSet(start, start + length)) {
                    from.writes().delete(id);
                    dead.add(id);
                }
                live.removeAll(dead);
            }
        }
        assertEquals(dead, dead(from));
        final DeadIdWalk walk = from.deadIds();
        while (walk.next()) {
            to.bury(walk.first(), walk.last());
            database.settle();
        }
        assertEquals(dead, dead(to));
        for (final long id : live) {
            to.writes().insert(id, Rows.row(to.schema()));
        }
        to.nextId(from.scalar(TableView.NEXT_ID));
        assertEquals(from.ids().nextId(), to.ids().nextId());
        assertEquals(dead, dead(to));
        database.commit(1);
        close();
    }

    @Test
    void shouldRefuseRangesThatNoTableCanHave() {
        assertEquals(
                ErrorCode.LIMIT_EXCEEDED,
                assertThrows(DbException.class, () -> to.bury(1L << 50, (1L << 50) + 1))
                        .code());
        assertEquals(
                ErrorCode.LIMIT_EXCEEDED,
                assertThrows(DbException.class, () -> to.bury(-5, -1)).code());
        to.bury(0, 2000);
        assertEquals(
                ErrorCode.CONFLICT,
                assertThrows(DbException.class, () -> to.bury(512, 1023)).code());
    }
}
