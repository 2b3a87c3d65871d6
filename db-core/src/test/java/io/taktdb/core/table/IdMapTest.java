package io.taktdb.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ids, dense and sparse: what they cost, how they are given and walked. */
@ExtendWith(OffHeapLeakCheck.class)
class IdMapTest {
    private final TestTable world = new TestTable();
    private final Table table = world.table();

    @AfterEach
    void close() {
        world.close();
    }

    private long sparseIds() {
        return table.scalar(TableView.SPARSE_IDS);
    }

    @Test
    void shouldGiveIdsInOrderFromOne() {
        for (long id = 1; id <= 2_000; id++) {
            assertEquals(id, world.insert());
        }
        assertEquals(0, sparseIds());
        assertEquals(4, table.directIds().count());
    }

    @Test
    void shouldNeverGiveAnIdTwice() {
        world.insert();
        world.insert();
        table.writes().delete(2);
        assertEquals(3, world.insert());
        assertEquals(-1, table.rowOf(2));
        final DbException dead = assertThrows(DbException.class, () -> world.insertAs(2));
        assertEquals(ErrorCode.CONFLICT, dead.code());
        assertTrue(dead.getMessage().contains("never used again"), dead.getMessage());
        final DbException taken = assertThrows(DbException.class, () -> world.insertAs(1));
        assertTrue(taken.getMessage().contains("update that record"), taken.getMessage());
    }

    @Test
    void shouldPassOverIdsThatClientsGave() {
        world.insertAs(2);
        world.insertAs(3);
        assertEquals(4, world.insert(), "after the highest of the dense ones");
        final long far = 40_000_000;
        world.insertAs(far);
        assertEquals(5, world.insert());
        world.insertAs(6);
        world.insertAs(8);
        assertEquals(9, world.insert());
    }

    @Test
    void shouldTakeBackIdsWhenARowIsRefused() {
        world.insert();
        final int mark = world.database().mark();
        world.insert();
        world.insertAs(1L << 40);
        world.database().rollback(mark);
        assertEquals(2, world.insert(), "nobody has seen that it was given");
        world.insertAs(1L << 40);
        world.audit();
    }

    @Test
    void shouldFindEveryIdAtTheBordersOfU64() {
        final long[] ids = {0, 1, 511, 512, Integer.MAX_VALUE, 1L << 39, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1};
        for (final long id : ids) {
            world.insertAs(id);
        }
        final IdWalk walk = table.walk();
        for (int i = 0; i < ids.length; i++) {
            assertEquals(i, table.rowOf(ids[i]));
            assertTrue(walk.next());
            assertEquals(ids[i], walk.id(), "unsigned order");
            assertEquals(i, walk.row());
        }
        assertFalse(walk.next());
        world.audit();
    }

    @Test
    void shouldNotGrowItsDirectoryWithTheDistanceOfIds() {
        long id = 1;
        for (int i = 0; i < 500; i++) {
            world.insertAs(id);
            id = id * 9 / 8 + 600; // each just beyond what the last one may have opened up
        }
        assertTrue(
                table.directIds().count() < 10_000,
                "page numbers: " + table.directIds().count());
        assertTrue(sparseIds() > 400, "sparse: " + sparseIds());
        world.audit();
    }

    @Test
    void shouldKeepThinlySpreadIdsInTheSparseMap() {
        for (int i = 1; i <= 5_000; i++) {
            world.insertAs(i * 1_000L);
        }
        final long frames = world.database().liveFrames();
        assertTrue(frames < 100, "frames for 5,000 ids, of which 512 would fit one: " + frames);
        world.audit();
        final long sparse = sparseIds();
        final long next = world.insert();
        long last = next;
        for (int i = 1; i < 2_000; i++) {
            last = world.insert();
        }
        assertEquals(next + 2_001, last, "the server's own ids stay dense, but for two that were taken");
        assertEquals(sparse - 2, sparseIds());
        world.audit();
    }

    @Test
    void shouldMoveSparseIdsOverWhenTheirPageOpens() {
        for (int i = 0; i < 16; i++) {
            world.insertAs(i * 512L); // as many thin pages as every table may have
        }
        world.insertAs(16 * 512 + 300);
        world.insertAs(16 * 512 + 301);
        table.writes().delete(16 * 512 + 301);
        assertEquals(2, sparseIds());
        for (long id = 15 * 512 + 1; id <= 16 * 512; id++) {
            assertEquals(id, world.insert());
        }
        assertEquals(0, sparseIds(), "the page of the server's next id took them along");
        assertTrue(table.rowOf(16 * 512 + 300) >= 0);
        assertThrows(DbException.class, () -> world.insertAs(16 * 512 + 301));
        for (int i = 1; i < 300; i++) {
            world.insert();
        }
        assertEquals(16 * 512 + 302, world.insert());
        world.audit();
    }

    @Test
    @Tag("sl_1:shrink_to_fit")
    void shouldFreePagesWhoseIdsAreAllDead() {
        for (int i = 0; i < 5_000; i++) {
            world.insert();
        }
        world.database().commit(1);
        for (long id = 512; id < 4_096; id++) {
            table.writes().delete(id);
        }
        world.database().commit(2);
        for (int block = 1; block < 8; block++) {
            assertEquals(IdLookup.DEAD_BLOCK, table.directIds().address(block));
        }
        assertThrows(DbException.class, () -> world.insertAs(1_000));
        assertEquals(-1, table.rowOf(1_000));
        final IdWalk walk = table.walk();
        assertEquals(511, walk.skip(511));
        assertTrue(walk.next());
        assertEquals(4_096, walk.id());
        world.audit();
    }

    @Test
    @Tag("zc_2:test_iter_multiple_records")
    void shouldWalkManySparseIdsInOrder() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            final long id = random.nextInt(8) == 0 ? i : random.nextLong();
            if (table.rowOf(id) < 0) {
                world.insertAs(id);
                ids.add(id);
            }
        }
        ids.sort(Long::compareUnsigned);
        final IdWalk walk = table.walk();
        for (final long id : ids) {
            assertTrue(walk.next(), "seed=" + seed);
            assertEquals(id, walk.id(), "seed=" + seed);
            assertEquals(table.rowOf(id), walk.row(), "seed=" + seed);
        }
        assertFalse(walk.next());
        for (int i = 0; i < 200; i++) {
            final int first = random.nextInt(ids.size());
            final int skipped = random.nextInt(ids.size() - first);
            walk.from(ids.get(first));
            assertEquals(skipped, walk.skip(skipped), "seed=" + seed);
            assertTrue(walk.next());
            assertEquals(ids.get(first + skipped), walk.id(), "seed=" + seed);
        }
        world.audit();
    }

    @Test
    @Tag("zc_2:test_iter_empty_table")
    @Tag("zc_2:test_iter_single_record")
    @Tag("ab_1:test_empty_buffer")
    @Tag("lf_1:test_load_empty_buffer")
    void shouldWalkEmptyAndSingleTables() {
        assertFalse(table.walk().next());
        assertEquals(0, table.walk().skip(5));
        world.insertAs(7);
        final IdWalk walk = table.walk();
        assertTrue(walk.next());
        assertEquals(7, walk.id());
        assertFalse(walk.next());
        assertFalse(walk.next());
        assertFalse(walk.from(8).next());
        assertTrue(walk.from(7).next());
        assertFalse(walk.from(-1L).next());
    }
}
