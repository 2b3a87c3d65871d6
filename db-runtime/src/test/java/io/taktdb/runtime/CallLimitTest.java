package io.taktdb.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.runtime.Garden.Note;
import io.taktdb.runtime.Garden.Nothing;
import io.taktdb.runtime.Garden.Which;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls that would never end. */
class CallLimitTest {
    @Test
    @Tag("el_2:test_handler_timeout_protection")
    void shouldTakeBackThatCallAloneWhenItTakesTooLong() {
        try (GardenWorld world = new GardenWorld(loop -> loop.withCallLimit(Duration.ofSeconds(2)))) {
            world.call("garden.note", new Note("before"));
            final DbException refusal = world.refusal("garden.spin", new Nothing());
            assertEquals(ErrorCode.PROCEDURE_FAILED, refusal.code());
            assertTrue(
                    refusal.getMessage().contains("took too long: procedure=garden.spin")
                            && refusal.getMessage().contains("nothing has changed"),
                    refusal.getMessage());
            world.call("garden.note", new Note("after"));
            assertEquals(List.of("before@1", "after@3"), world.notes());
        }
    }

    @Test
    void shouldTakeBackThatCallAloneWhenItCallsItselfForEver() {
        try (GardenWorld world = new GardenWorld();
                GardenWorld other = new GardenWorld()) {
            for (int i = 0; i < 20; i++) {
                world.call("garden.note", new Note("note"));
                other.call("garden.note", new Note("note"));
                final DbException refusal = world.refusal("garden.dig", new Which(i));
                other.ticks(1);
                assertEquals(ErrorCode.PROCEDURE_FAILED, refusal.code());
                assertTrue(refusal.getMessage().contains("StackOverflowError"), refusal.getMessage());
                assertEquals(other.notes(), world.notes(), "round " + i);
            }
            assertEquals(21, world.notes().size() + 1);
        }
    }
}
