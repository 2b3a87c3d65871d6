package io.taktdb.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.runtime.journal.HashedState;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.error.DbException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hash that the running loop takes of its state every so many ticks. */
class LoopHashTest {
    @Test
    void shouldHashEverySixtiethTickBesideTheLoop() {
        try (GardenWorld world = new GardenWorld()) {
            world.ticks(59);
            assertNull(world.db().status().stateHash());
            world.ticks(1);
            final long hash = world.hash();
            final HashedState noted = await(world, state -> state != null);
            assertEquals(60, noted.tick());
            assertEquals(hash, noted.hash());
            assertEquals(1, noted.tables().size());
            assertEquals("note", noted.tables().get(0).name());
        }
    }

    @Test
    void shouldHashAsOftenAsItIsTold() {
        try (GardenWorld world = new GardenWorld(loop -> loop.withHashTicks(2));
                GardenWorld none = new GardenWorld(loop -> loop.withHashTicks(0))) {
            for (int tick = 2; tick <= 10; tick += 2) {
                world.ticks(2);
                final int wanted = tick;
                assertEquals(
                        world.hash(),
                        await(world, state -> state != null && state.tick() == wanted)
                                .hash());
            }
            none.ticks(120);
            assertNull(none.db().status().stateHash());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_000_001})
    void shouldRefuseNumbersOfTicksOutOfRange(final int ticks) {
        final DbException refusal =
                assertThrows(DbException.class, () -> LoopConfig.atRate(60).withHashTicks(ticks));
        assertTrue(refusal.getMessage().contains("hashTicks=" + ticks + ", limit=0..1000000"), refusal.getMessage());
    }

    private static HashedState await(final GardenWorld world, final Predicate<HashedState> wanted) {
        final long untilNs = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() - untilNs < 0) {
            final HashedState now = world.db().status().stateHash();
            if (wanted.test(now)) {
                return now;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("gave up waiting for a hash after 60 s");
    }
}
