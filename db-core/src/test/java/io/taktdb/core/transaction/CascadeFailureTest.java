package io.taktdb.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.Guard;
import io.taktdb.core.memory.GuardException;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cascade over three tables that runs out of memory at each step in turn: nothing changes, and then it succeeds. */
final class CascadeFailureTest {
    private static final Set<String> PARTS = Set.of("KeyTree", "IdMap", "Heap", "RowStore", "RowEditor");

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
    @Tag("rc_4:test_delete_atomic_on_partial_failure")
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

    /** Each write of a page or counter that a cascade makes, in rows, ids, heap and indexes, fails in turn. */
    @Test
    void shouldKeepTheStateHashWhenAnyWriteFails() {
        try (WorldFixture world = filled(Integer.getInteger("taktdb.cascade.children", 16))) {
            final long before = world.hash();
            final Map<String, Integer> steps = new TreeMap<>();
            String failed = failingWrite(world, 0);
            int writes = 0;
            while (failed != null) {
                assertEquals(before, world.hash(), "after " + writes + " writes, failed in " + failed);
                world.audit();
                steps.merge(failed, 1, Integer::sum);
                writes++;
                failed = failingWrite(world, writes);
            }
            System.out.println("cascade: writes that failed in turn=" + writes + ", by step=" + steps);
            assertTrue(writes > 300, "writes that failed: " + writes);
            assertTrue(steps.keySet().containsAll(List.of("KeyTree", "IdMap", "RowStore")), steps.toString());
            assertNotEquals(before, world.hash(), "the last time it succeeded");
        }
    }

    /** Answers which part of the engine made the write that failed; null if none did. */
    private static String failingWrite(final WorldFixture world, final long writes) {
        Guard.failAfterWrites(writes);
        try {
            world.delete("a", 2);
            return null;
        } catch (final GuardException e) {
            return Stream.of(e.getStackTrace())
                    .map(frame ->
                            frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1))
                    .filter(PARTS::contains)
                    .findFirst()
                    .orElse("other");
        } finally {
            Guard.failAfterWrites(Long.MAX_VALUE);
        }
    }

    private static boolean isOutOfMemory(final WorldFixture world, final int allocations) {
        Guard.failAfter(allocations);
        try {
            world.delete("a", 2);
            return false;
        } catch (final DbException e) {
            assertEquals(ErrorCode.OUT_OF_MEMORY, e.code(), e.getMessage());
            return true;
        } finally {
            Guard.failAfter(Long.MAX_VALUE);
        }
    }

    /** Writes most pages, so that a lease of the state before holds the twins of all these. */
    private static void rewrite(final WorldFixture world, final int round) {
        for (final long b : world.ids("b")) {
            world.merge("b", b, "text", "a text of round " + round + " that lies in the heap " + b % 50);
        }
        for (final long c : world.ids("c")) {
            world.merge("c", c, "a", round % 2 == 0 ? null : c % 4 + 1);
        }
        for (final long a : world.ids("a")) {
            world.merge("a", a, "name", "number " + a + " of round " + round);
        }
        world.commit();
    }

    @Test
    void shouldChangeNothingWhenMemoryEndsAtAnyStep() {
        try (WorldFixture world = filled(40)) {
            int refusals = 0;
            boolean refused = true;
            while (refused) {
                world.commit();
                try (Lease before = world.database().lease()) {
                    final String leased = WorldFixture.content(before.state().table("b"));
                    rewrite(world, refusals);
                    final String content = world.content();
                    refused = isOutOfMemory(world, refusals);
                    assertEquals(refused, content.equals(world.content()), "after " + refusals + " allocations");
                    world.audit();
                    assertEquals(leased, WorldFixture.content(before.state().table("b")));
                }
                refusals++;
            }
            assertTrue(refusals > 5, "steps that failed: " + refusals);
            assertEquals(3, world.ids("a").size());
            assertEquals(3 * 40, world.ids("b").size());
            assertEquals(3 * 40, world.ids("c").size());
            world.database().checkConstraints();
        }
    }
}
