package io.taktdb.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.TableMemory;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexKind;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropTable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a database does when its memory ends. */
@ExtendWith(OffHeapLeakCheck.class)
class MemoryLimitTest {
    private static final String TEXT = "long enough to lie in the heap ".repeat(30);

    private static WorldFixture world() {
        return WorldFixture.within(
                MemoryBudget.MIN_BYTES,
                CreateTable.of("note", FieldSpec.of("number", "i64"), FieldSpec.of("text", "string")),
                CreateTable.of("other", FieldSpec.of("number", "i64")),
                new CreateIndex("note", new IndexSpec("by_number", List.of("number"), IndexKind.ORDERED, false)));
    }

    private static DbException fill(final WorldFixture world) {
        for (int i = 0; i < 1_000_000; i++) {
            try {
                world.insert("note", "number", i, "text", TEXT);
            } catch (final DbException e) {
                return e;
            }
            if (i % 100 == 0) {
                world.commit();
            }
        }
        return null;
    }

    private static long hash(final WorldFixture world) {
        return StateHash.of(List.copyOf(world.database().tables()));
    }

    @Test
    void shouldRefuseAndChangeNothingWhenMemoryEnds() {
        try (WorldFixture world = world()) {
            final DbException refused = fill(world);
            assertNotNull(refused, "a million rows fit into " + MemoryBudget.MIN_BYTES);
            assertEquals(ErrorCode.OUT_OF_MEMORY, refused.code(), refused.getMessage());
            assertTrue(refused.getMessage().contains("maxMemory=" + MemoryBudget.MIN_BYTES), refused.getMessage());
            assertTrue(refused.getMessage().contains("raise --max-memory"), refused.getMessage());
            final long rows = world.table("note").rowCount();
            final long hash = hash(world);
            for (int i = 0; i < 3; i++) {
                world.refused(ErrorCode.OUT_OF_MEMORY, () -> world.insert("note", "number", 1_000_000, "text", TEXT));
            }
            assertEquals(rows, world.table("note").rowCount());
            assertEquals(hash, hash(world));
            final long reserved = world.database().reservedBytes();
            assertTrue(reserved <= MemoryBudget.MIN_BYTES, "reserved=" + reserved);
            assertTrue(reserved >= MemoryBudget.MIN_BYTES * 3 / 4, "most is unused: reserved=" + reserved);
        }
    }

    @Test
    void shouldGoOnWhenRowsAreDeletedWhileALeaseNeedsTheirPages() {
        try (WorldFixture world = world()) {
            assertNotNull(fill(world));
            world.commit();
            final List<Long> ids = world.ids("note");
            final int first = 8;
            try (Lease lease = world.database().lease()) {
                final long hash = StateHash.of(lease.state());
                for (int i = 0; i < first; i++) {
                    world.delete("note", ids.get(i * 40));
                    world.commit(); // the next delete finds both twins in use
                }
                assertEquals(hash, StateHash.of(lease.state()));
            }
            world.commit();
            for (int i = 0; i < 2000; i++) {
                if (i % 40 != 0 || i >= first * 40) {
                    world.delete("note", ids.get(i));
                }
            }
            world.commit();
            world.commit();
            for (int i = 0; i < 100; i++) {
                world.insert("note", "number", i, "text", TEXT);
            }
            world.audit();
        }
    }

    @Test
    void shouldGiveFreePagesOfOneSizeToAnotherWhenMemoryIsShort() {
        try (WorldFixture world = world()) {
            assertNotNull(fill(world));
            world.commit();
            final long reserved = world.database().reservedBytes();
            assertEquals(world.ids("note").size(), world.table("note").writes().clear());
            world.commit();
            world.commit();
            for (int i = 0; i < 100_000; i++) {
                world.insert("other", "number", i);
                if (i % 1000 == 0) {
                    world.commit();
                }
            }
            assertTrue(world.database().reservedBytes() <= reserved + MemoryBudget.MIN_BYTES / 16);
        }
    }

    @Test
    void shouldReturnEverythingWhenTablesAreDropped() {
        try (WorldFixture world = world()) {
            for (int i = 0; i < 3000; i++) {
                world.insert("note", "number", i, "text", TEXT);
            }
            world.insert("note", "number", 1, "text", TEXT.repeat(20));
            world.insertAt("other", 1L << 60, "number", 1);
            world.commit();
            final TableMemory memory = world.database().states().newest().memory();
            assertTrue(memory.rows() > 0 && memory.ids() > 0 && memory.indexes() > 0, memory.toString());
            assertTrue(memory.heap() > 3000L * TEXT.length(), memory.toString());
            assertTrue(memory.total() <= world.database().reservedBytes(), memory.toString());
            world.database().change(new DropTable("note", false));
            world.database().change(new DropTable("other", false));
            world.commit();
            world.commit();
            assertEquals(TableMemory.NONE, world.database().states().newest().memory());
            assertEquals(0, world.database().reservedBytes());
        }
    }
}
