package io.taktdb.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.FailingWatch;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import org.junit.jupiter.api.Test;

/** A cascade over three tables that runs out of memory at each step in turn: nothing changes, and then it succeeds. */
final class CascadeFailureTest {
    private static final long STEP_BYTES = 2_048;

    private static WorldFixture filled(final int children) {
        final WorldFixture world = WorldFixture.of(
                CreateTable.of("a", FieldSpec.of("name", "string").asUnique()),
                CreateTable.of("b", FieldSpec.of("a", "u64"), FieldSpec.of("text", "string")),
                CreateTable.of(
                        "c", FieldSpec.of("b", "u64"), FieldSpec.of("a", "u64").asOptional()),
                new CreateIndex("b", IndexSpec.ordered("by_text", "text", "a")),
                new CreateRelation("b", "a", "a", OnDelete.CASCADE),
                new CreateRelation("c", "b", "b", OnDelete.CASCADE),
                new CreateRelation("c", "a", "a", OnDelete.SET_NULL));
        for (int i = 0; i < 4; i++) {
            final long a = world.insert("a", "name", "the one with the number " + i);
            for (int j = 0; j < children; j++) {
                final long b = world.insert("b", "a", a, "text", "a text that lies in the heap " + j % 50);
                world.insert("c", "b", b, "a", 4 - a + 1);
            }
        }
        world.commit();
        return world;
    }

    @Test
    void shouldChangeNothingWhenAnyStepFails() {
        try (WorldFixture world = filled(40)) {
            final FailingWatch.Countdown countdown = new FailingWatch.Countdown();
            world.database().tables().forEach(table -> FailingWatch.install(table, countdown));
            final String content = world.content();
            int steps = 0;
            while (isFailing(world, countdown, steps)) {
                assertEquals(content, world.content(), "after " + steps + " steps");
                world.audit();
                steps++;
            }
            assertTrue(steps > 200, "steps that failed: " + steps);
            assertEquals(3 * 40, world.ids("c").size());
        }
    }

    private static boolean isFailing(final WorldFixture world, final FailingWatch.Countdown countdown, final int step) {
        countdown.start(step);
        try {
            world.delete("a", 2);
            return false;
        } catch (final DbException e) {
            assertEquals("injected", e.getMessage());
            return true;
        } finally {
            countdown.start(Long.MAX_VALUE);
        }
    }

    @Test
    void shouldChangeNothingWhenMemoryEndsAtAnyStep() {
        try (WorldFixture world = filled(300);
                Lease before = world.database().lease()) {
            final String content = world.content();
            final String leased = WorldFixture.content(before.state().table("b"));
            // a lease of the last version makes every page that changes need a frame of its own
            world.merge("a", 1, "name", "renamed");
            world.commit();
            world.merge("a", 1, "name", "the one with the number 0");
            world.commit();
            final long floor = world.budget().reservedBytes();
            int refusals = 0;
            boolean done = false;
            for (long more = 0; !done; more += STEP_BYTES) {
                world.budget().maxBytes(floor + more);
                try {
                    world.delete("a", 2);
                    done = true;
                } catch (final DbException e) {
                    assertEquals(ErrorCode.OUT_OF_MEMORY, e.code(), e.getMessage());
                    assertEquals(content, world.content(), "after " + more + " bytes");
                    world.audit();
                    refusals++;
                }
            }
            world.budget().maxBytes(MemoryBudget.UNLIMITED);
            assertTrue(refusals > 10, "steps that failed: " + refusals);
            assertEquals(3, world.ids("a").size());
            assertEquals(3 * 300, world.ids("b").size());
            assertEquals(3 * 300, world.ids("c").size());
            assertEquals(leased, WorldFixture.content(before.state().table("b")));
            world.database().checkConstraints();
        }
    }
}
