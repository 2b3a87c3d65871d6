package io.taktdb.bench.tick;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.RowDraft;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;

/**
 * Rows that move: position += velocity * dt, three floats. Threading: as any module.
 *
 * @param thoughts rounds of arithmetic that each row takes in a tick besides; 0 for none
 */
record MoverWorld(int rows, int thoughts) implements WorldModule {
    static final String TABLE = "mover";

    /** What the system reads and writes. */
    public interface MoverChunk extends Chunk {
        float position(int element);

        void position(int element, float value);

        float velocity(int element);
    }

    /** What thinking reads and writes. */
    public interface ThinkerChunk extends Chunk {
        int hp(int row);

        void hp(int row, int value);
    }

    @Override
    public String name() {
        return "bench-movers";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(CreateTable.of(
                TABLE,
                FieldSpec.of("position", "3xf32"),
                FieldSpec.of("velocity", "3xf32"),
                FieldSpec.of("hp", "i32")));
        world.onCreate(this::populate);
        world.system("move", TABLE, MoverChunk.class, MoverWorld::move);
        if (thoughts > 0) {
            final int rounds = thoughts;
            world.system("think", TABLE, ThinkerChunk.class, (ctx, thinkers) -> think(thinkers, rounds));
        }
    }

    /** Work that needs a processor and no memory. */
    private static void think(final ThinkerChunk thinkers, final int rounds) {
        for (int i = 0; i < thinkers.rows(); i++) {
            int hp = thinkers.hp(i) | 1;
            for (int round = 0; round < rounds; round++) {
                hp ^= hp << 13;
                hp ^= hp >>> 17;
                hp ^= hp << 5;
            }
            thinkers.hp(i, hp);
        }
    }

    private void populate(final ProcedureContext context) {
        final ProcedureTable table = context.table(TABLE);
        final RowDraft row = table.draft();
        for (int i = 0; i < rows; i++) {
            table.insert(row.clear()
                    .set("position", i, 64f, -i)
                    .set(
                            "velocity",
                            context.random().nextFloat(),
                            0f,
                            context.random().nextFloat())
                    .set("hp", 20));
        }
    }

    private static void move(final SystemContext context, final MoverChunk movers) {
        final float seconds = context.tickSeconds();
        for (int k = 0; k < 3 * movers.rows(); k++) {
            movers.position(k, movers.position(k) + movers.velocity(k) * seconds);
        }
    }
}
