package io.taktdb.runtime.tick;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.function.Consumer;

/** A world of fighters and one score; what systems there are is each test's business. */
record Arena(Consumer<WorldRegistry> systems) implements WorldModule {
    static final int FIGHTERS = 5_000;

    /** What fights read. */
    public interface FighterChunk extends Chunk {
        int hp(int row);

        float strength(int row);
    }

    /** What training writes. */
    public interface TrainingChunk extends Chunk {
        float strength(int row);

        void strength(int row, float value);
    }

    /** What time writes. */
    public interface ClockChunk extends Chunk {
        void tick(int row, long value);
    }

    @Override
    public String name() {
        return "arena";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(CreateTable.of("fighter", FieldSpec.of("hp", "i32"), FieldSpec.of("strength", "f32")));
        world.table(CreateTable.of(
                "score", FieldSpec.of("alive", "i64"), FieldSpec.of("strength", "f64"), FieldSpec.of("tick", "i64")));
        world.onCreate(Arena::populate);
        systems.accept(world);
    }

    private static void populate(final ProcedureContext ctx) {
        for (int i = 0; i < FIGHTERS; i++) {
            ctx.table("fighter")
                    .insert(ctx.table("fighter")
                            .draft()
                            .set("hp", 20 + ctx.random().nextInt(30))
                            .set("strength", 0.1 + ctx.random().nextFloat()));
        }
        ctx.table("score")
                .insert(ctx.table("score")
                        .draft()
                        .set("alive", 0)
                        .set("strength", 0.0)
                        .set("tick", 0));
    }
}
