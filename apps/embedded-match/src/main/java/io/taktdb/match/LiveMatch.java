package io.taktdb.match;

import io.taktdb.core.state.Lease;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * Plays a match in a running loop, at the rate of the world: a schedule calls {@code match.next} in every tick, until
 * the match is over.
 *
 * <p>Threading: any thread; the spectator is called on the tick thread, after each turn, and must be quick.
 */
public final class LiveMatch<S> implements AutoCloseable {
    private final TaktDb db;
    private final CompletableFuture<Long> over = new CompletableFuture<>();

    /**
     * Begins at once.
     *
     * @param ticksPerSecond turns a second
     * @param spectator is shown the number of each turn, and what the world shows after it
     */
    public LiveMatch(final Recording<S> recording, final int ticksPerSecond, final BiConsumer<Integer, S> spectator) {
        db = TaktDb.open(TaktConfig.inMemory(recording.world(), new Turns(recording.turns()))
                .withLoop(LoopConfig.atRate(ticksPerSecond).withWorkers(1)));
        db.onTick(() -> watch(recording, spectator));
    }

    /** No parameters. */
    public record Nothing() {}

    private void watch(final Recording<S> recording, final BiConsumer<Integer, S> spectator) {
        if (over.isDone()) {
            return;
        }
        try (Lease lease = db.lease()) {
            final int played =
                    (int) lease.state().table("progress").reader().require(1).getLong(0);
            if (played > 0) {
                spectator.accept(played - 1, recording.shown(lease.state()));
            }
            if (played == recording.turns()) {
                over.complete(lease.state().tick());
            }
        } catch (final RuntimeException | Error e) {
            over.completeExceptionally(e);
        }
    }

    /** Completed with the tick in which the last turn was played. */
    public CompletableFuture<Long> over() {
        return over;
    }

    /** The engine. */
    public TaktDb db() {
        return db;
    }

    @Override
    public void close() {
        db.close();
    }

    /** Plays the next turn in every tick: what runs when is in the world itself, as rows. */
    private record Turns(int count) implements WorldModule {
        @Override
        public String name() {
            return "turns";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("progress", FieldSpec.of("played", "i64"), FieldSpec.of("schedule", "i64")));
            world.procedure("match.next", "Plays the next turn.", Nothing.class, Void.class, this::next);
            world.onCreate(ctx -> {
                final long schedule = ctx.schedules().every(1, "match.next", new Nothing());
                ctx.table("progress")
                        .insert(ctx.table("progress").draft().set("played", 0).set("schedule", schedule));
            });
        }

        private Void next(final ProcedureContext ctx, final Nothing nothing) {
            final var progress = ctx.table("progress").edit(1);
            final long turn = progress.read().getLong(0);
            ctx.call("match.turn", new MatchWorld.Turn((int) turn));
            ctx.table("progress").edit(1).setLong(0, turn + 1);
            if (turn + 1 == count) {
                ctx.schedules().cancel(ctx.table("progress").reader().require(1).getLong(1));
            }
            return null;
        }
    }
}
