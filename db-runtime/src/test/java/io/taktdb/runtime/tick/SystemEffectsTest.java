package io.taktdb.runtime.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.runtime.procedure.SystemPlan;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Systems that act on others: side by side where they cannot meet, in order where they can, all or nothing. */
class SystemEffectsTest {
    /** Everybody hits somebody; who has no hit points left dies; the dead are replaced now and then. */
    private static void fight(final WorldRegistry world) {
        world.system("train", "fighter", Arena.TrainingChunk.class, (ctx, chunk) -> {
            for (int i = 0; i < chunk.rows(); i++) {
                chunk.strength(i, chunk.strength(i) * 1.001f);
            }
        });
        world.system("clock", "score", Arena.ClockChunk.class, (ctx, chunk) -> chunk.tick(0, ctx.tick()));
        world.system(SystemPlan.of("hit", "fighter", Arena.FighterChunk.class, SystemEffectsTest::hit)
                .writesRows("fighter")
                .effect((ctx, fighter, damage) -> {
                    if (ctx.exists("fighter", fighter)) {
                        final long hp = ctx.getLong("fighter", fighter, "hp") - damage;
                        if (hp > 0) {
                            ctx.set("fighter", fighter, "hp", hp);
                        } else {
                            ctx.delete("fighter", fighter);
                        }
                    }
                }));
        world.system(SystemPlan.of("count", "fighter", Arena.FighterChunk.class, SystemEffectsTest::count)
                .writes("score", "alive", "strength")
                .totals(1, (ctx, longs, doubles) -> {
                    ctx.set("score", 1, "alive", longs[0]);
                    ctx.set("score", 1, "strength", doubles[0]);
                }));
    }

    private static void hit(final SystemContext ctx, final Arena.FighterChunk chunk) {
        for (int i = 0; i < chunk.rows(); i++) {
            final long random = ctx.random(chunk.id(i));
            ctx.effects().emit(1 + Math.floorMod(random, Arena.FIGHTERS), 1 + (long) (chunk.strength(i) * 3));
        }
    }

    private static void count(final SystemContext ctx, final Arena.FighterChunk chunk) {
        ctx.effects().sum(0, (long) chunk.rows());
        for (int i = 0; i < chunk.rows(); i++) {
            ctx.effects().sum(0, (double) chunk.strength(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void shouldGiveSameWorldWhateverTheNumberOfWorkers(final int workers) {
        final List<Long> one = hashes(1, 40);
        assertEquals(one, hashes(workers, 40));
        assertEquals(40, one.stream().distinct().count());
    }

    @Test
    @Tag("pp_1:test_parallel_iter_relation_consistency")
    void shouldKillAndCountWhenFighting() {
        try (TaktDb db = open(SystemEffectsTest::fight, 2)) {
            step(db, 15);
            try (Lease lease = db.lease()) {
                final long alive = lease.state().table("fighter").rowCount();
                assertTrue(alive > 0 && alive < Arena.FIGHTERS, "alive=" + alive);
                assertEquals(
                        alive, lease.state().table("score").reader().require(1).getLong(0));
                assertEquals(
                        15, lease.state().table("score").reader().require(1).getLong(2));
            }
        }
    }

    @Test
    void shouldRunSideBySideWhenSystemsCannotMeet() throws InterruptedException {
        final CountDownLatch both = new CountDownLatch(2);
        final Consumer<WorldRegistry> systems = world -> {
            world.system(
                    "train", "fighter", Arena.TrainingChunk.class, (ctx, chunk) -> meet(both, chunk.firstRow() == 0));
            world.system("clock", "score", Arena.ClockChunk.class, (ctx, chunk) -> meet(both, true));
        };
        try (TaktDb db = open(systems, 2)) {
            step(db, 1);
            assertTrue(both.await(0, TimeUnit.SECONDS));
            assertEquals(0, db.tickFigures().systems().get(0).failures());
        }
    }

    /** Waits for the other system; fails if it does not come. */
    private static void meet(final CountDownLatch both, final boolean waits) {
        if (waits) {
            both.countDown();
            try {
                if (!both.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the other system did not come");
                }
            } catch (final InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void shouldFormWavesOfSystemsThatCannotMeet() {
        final SystemPlan<?> train = SystemPlan.of("train", "fighter", Arena.TrainingChunk.class, (ctx, chunk) -> {});
        final SystemPlan<?> clock = SystemPlan.of("clock", "score", Arena.ClockChunk.class, (ctx, chunk) -> {});
        final SystemPlan<?> watch = SystemPlan.of("watch", "fighter", Arena.FighterChunk.class, (ctx, chunk) -> {});
        final SystemPlan<?> count = SystemPlan.of("count", "fighter", Arena.FighterChunk.class, (ctx, chunk) -> {})
                .writes("score", "alive")
                .totals(1, (ctx, longs, doubles) -> {});
        assertEquals("[2, 3]", waves(train, clock, watch));
        assertEquals("[3]", waves(watch, clock, watch));
        assertEquals("[1, 2, 3]", waves(clock, count, train));
        assertEquals("[1, 2]", waves(clock, watch.reads("score")));
        assertEquals("[]", waves());
    }

    private static String waves(final SystemPlan<?>... plans) {
        return Arrays.toString(SystemRunner.waves(List.of(plans)));
    }

    @Test
    void shouldNameWhatWasNotDeclaredWhenAnEffectWritesIt() {
        final String failure = failureOf(world ->
                world.system(SystemPlan.of("cheat", "fighter", Arena.FighterChunk.class, SystemEffectsTest::hit)
                        .writes("fighter", "hp")
                        .effect((ctx, fighter, damage) -> {
                            ctx.set("fighter", fighter, "hp", 1L);
                            ctx.set("fighter", fighter, "strength", 100.0);
                        })));
        assertEquals(
                "system writes what it did not declare: system=cheat, table=fighter, field=strength;"
                        + " add .writes(\"fighter\", \"strength\") to its plan",
                failure);
    }

    @Test
    void shouldNameWhatWasNotDeclaredWhenASystemReadsIt() {
        final String failure = failureOf(world -> world.system(SystemPlan.of(
                        "spy",
                        "fighter",
                        Arena.FighterChunk.class,
                        (ctx, chunk) -> ctx.effects()
                                .sum(0, ctx.effects().reader("score").require(1).getLong(0)))
                .totals(1, (ctx, longs, doubles) -> {})));
        assertEquals(
                "system reads what it did not declare: system=spy, table=score; add .reads(\"score\") to its plan",
                failure);
    }

    @Test
    void shouldTakeBackAllEffectsWhenOneFails() {
        final String failure = failureOf(world ->
                world.system(SystemPlan.of("trip", "fighter", Arena.FighterChunk.class, SystemEffectsTest::hit)
                        .writesRows("fighter")
                        .effect((ctx, fighter, damage) -> {
                            ctx.set("fighter", fighter, "hp", 1L);
                            if (fighter % 100 == 0) {
                                throw new IllegalStateException("tripped");
                            }
                        })));
        assertEquals("java.lang.IllegalStateException: tripped", failure);
    }

    @Test
    void shouldRefuseEffectsThatNobodyApplies() {
        final String failure = failureOf(world -> world.system(
                "cry",
                "fighter",
                Arena.FighterChunk.class,
                (ctx, chunk) -> ctx.effects().emit(1, 1)));
        assertTrue(failure.contains("missing=effect"), failure);
    }

    @Test
    void shouldRefuseSystemThatWritesInPlaceAndHasEffects() {
        final DbException refusal = assertThrows(
                DbException.class,
                () -> open(
                        world -> world.system(
                                SystemPlan.of("both", "fighter", Arena.TrainingChunk.class, (ctx, chunk) -> {})
                                        .effect((ctx, target, value) -> {})),
                        1));
        assertEquals(ErrorCode.INVALID_REQUEST, refusal.code());
        assertTrue(refusal.getMessage().contains("system=both, table=fighter, setters=[strength]"));
    }

    /** Runs a tick with a system that fails: nothing has changed, and the figures say why. */
    private static String failureOf(final Consumer<WorldRegistry> systems) {
        try (TaktDb db = open(systems, 2)) {
            final long before = hash(db);
            step(db, 1);
            assertEquals(before, hash(db));
            final SystemFigures figures = db.tickFigures().systems().get(0);
            assertEquals(1, figures.failures());
            assertFalse(figures.lastFailure() == null);
            step(db, 1);
            assertEquals(2, db.tickFigures().systems().get(0).failures());
            return figures.lastFailure();
        }
    }

    private static List<Long> hashes(final int workers, final int ticks) {
        final List<Long> hashes = new ArrayList<>();
        try (TaktDb db = open(SystemEffectsTest::fight, workers)) {
            for (int i = 0; i < ticks; i++) {
                step(db, 1);
                hashes.add(hash(db));
            }
        }
        return hashes;
    }

    private static long hash(final TaktDb db) {
        try (Lease lease = db.lease()) {
            return StateHash.of(lease.state());
        }
    }

    private static void step(final TaktDb db, final int ticks) {
        for (int i = 0; i < ticks; i++) {
            db.tick(1_700_000_000_000_000L + i);
        }
    }

    private static TaktDb open(final Consumer<WorldRegistry> systems, final int workers) {
        return TaktDb.openStepped(TaktConfig.inMemory(new Arena(systems))
                .withLoop(LoopConfig.atRate(60).withWorkers(workers).withAloneBelow(Duration.ZERO)));
    }
}
