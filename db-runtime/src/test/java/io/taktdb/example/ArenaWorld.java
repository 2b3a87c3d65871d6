package io.taktdb.example;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;

/** A small world: fighters that move by themselves and hurt each other when told to. */
public final class ArenaWorld implements WorldModule {
    /** What {@code fighter.hit} takes. */
    public record Hit(long target, int damage) {}

    /** What {@code fighter.hit} answers. */
    public record Outcome(int hp, boolean isDead) {}

    /** The fields that the system reads and writes: its setters say which. */
    public interface FighterChunk extends Chunk {
        float x(int row);

        void x(int row, float value);

        float speed(int row);
    }

    @Override
    public String name() {
        return "arena";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(CreateTable.of(
                "fighter",
                FieldSpec.of("x", "f32"),
                FieldSpec.of("speed", "f32"),
                FieldSpec.of("hp", "i32"),
                FieldSpec.of("name", "string")));
        world.onCreate(ctx -> {
            for (int i = 1; i <= 10; i++) {
                final ProcedureTable fighters = ctx.table("fighter");
                fighters.insert(fighters.draft()
                        .set("x", 0f)
                        .set("speed", (float) i)
                        .set("hp", 100)
                        .set("name", "fighter " + i));
            }
        });
        world.procedure("fighter.hit", "Hurts a fighter.", Hit.class, Outcome.class, (ctx, p) -> {
            final ProcedureTable fighters = ctx.table("fighter");
            final int field = fighters.field("hp");
            final int hp = fighters.edit(p.target()).read().getInt(field) - p.damage();
            if (hp <= 0) {
                fighters.delete(p.target());
            } else {
                fighters.edit(p.target()).setLong(field, hp);
            }
            return new Outcome(Math.max(hp, 0), hp <= 0);
        });
        world.system("walk", "fighter", FighterChunk.class, ArenaWorld::walk);
    }

    private static void walk(final SystemContext ctx, final FighterChunk fighters) {
        final int rows = Math.min(fighters.rows(), Chunk.MAX_ROWS);
        for (int i = 0; i < rows; i++) {
            fighters.x(i, fighters.x(i) + fighters.speed(i) * ctx.tickSeconds());
        }
    }
}
