package io.taktdb.runtime;

import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.Schedules;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.time.Duration;

/** A world whose one table says what ran, and when. */
final class Garden implements WorldModule {
    /** What is written down. */
    record Note(String text) {}

    /** A schedule that is wanted; {@code kind} is every, at or after (in milliseconds). */
    record Wish(String kind, long value, String procedure, String text) {}

    /** Which one. */
    record Which(long id) {}

    /** No parameters. */
    record Nothing() {}

    @Override
    public String name() {
        return "garden";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(CreateTable.of(
                "note",
                FieldSpec.of("text", "string"),
                FieldSpec.of("tick", "i64"),
                FieldSpec.of("random", "i64"),
                FieldSpec.of("client", "string")));
        world.procedure("garden.note", "Writes a note.", Note.class, Void.class, (ctx, note) -> {
            write(ctx, note.text());
            return null;
        });
        world.procedure("garden.wilt", "Writes a note, then fails.", Note.class, Void.class, (ctx, note) -> {
            write(ctx, note.text());
            throw new IllegalStateException("wilted: " + note.text());
        });
        world.procedure("garden.plan", "Schedules a call.", Wish.class, Long.class, Garden::plan);
        world.procedure(
                "garden.cancel",
                "Ends a schedule.",
                Which.class,
                Boolean.class,
                (ctx, which) -> ctx.schedules().cancel(which.id()));
        world.procedure("garden.spin", "Never ends, but reads.", Nothing.class, Void.class, (ctx, nothing) -> {
            write(ctx, "spinning");
            while (ctx.table("note").exists(1) || ctx.tick() > 0) {
                Thread.onSpinWait();
            }
            return null;
        });
        world.procedure("garden.dig", "Calls itself for ever.", Which.class, Void.class, (ctx, which) -> {
            dig(ctx, which.id());
            return null;
        });
        world.onOpen(ctx -> write(ctx, "opened"));
        world.onConnect(ctx -> {
            write(ctx, "hello " + ctx.client().name());
            if ("weed".equals(ctx.client().name())) {
                throw new IllegalStateException("not here");
            }
        });
        world.onDisconnect(ctx -> write(ctx, "bye " + ctx.client().name()));
    }

    private static Long plan(final ProcedureContext ctx, final Wish wish) {
        final Schedules schedules = ctx.schedules();
        final Note note = new Note(wish.text());
        return switch (wish.kind()) {
            case "every" -> schedules.every(wish.value(), wish.procedure(), note);
            case "at" -> schedules.at(wish.value(), wish.procedure(), note);
            default -> schedules.after(Duration.ofMillis(wish.value()), wish.procedure(), note);
        };
    }

    /** Writes at each depth, so that the stack ends within the engine as often as outside of it. */
    @SuppressWarnings("InfiniteRecursion")
    private static long dig(final ProcedureContext ctx, final long depth) {
        write(ctx, "depth " + depth);
        ctx.table("note").edit(1).setLong(1, depth);
        return dig(ctx, depth + 1) + 1;
    }

    private static void write(final ProcedureContext ctx, final String text) {
        final ProcedureTable notes = ctx.table("note");
        notes.insert(notes.draft()
                .set("text", text)
                .set("tick", ctx.tick())
                .set("random", ctx.random().nextLong())
                .set("client", ctx.client().name()));
    }
}
