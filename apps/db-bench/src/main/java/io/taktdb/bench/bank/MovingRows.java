package io.taktdb.bench.bank;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;

/** A table {@code mover} of {@value #ROWS} rows that all change in every tick. */
public final class MovingRows implements WorldModule {
    /** How many rows there are. */
    public static final int ROWS = 100;

    private static final String TABLE = "mover";

    /** How the rows are written. */
    public interface MoverChunk extends Chunk {
        float x(int row);

        void x(int row, float value);
    }

    @Override
    public String name() {
        return "moving-rows";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(CreateTable.of(TABLE, FieldSpec.of("x", "f32"), FieldSpec.of("y", "f32")));
        world.onCreate(MovingRows::populate);
        world.system("move", TABLE, MoverChunk.class, MovingRows::step);
    }

    private static void populate(final ProcedureContext context) {
        final ProcedureTable table = context.table(TABLE);
        for (int i = 1; i <= ROWS; i++) {
            table.insert(i, table.draft().set("x", 0f).set("y", 0f));
        }
    }

    private static void step(final SystemContext context, final MoverChunk chunk) {
        for (int row = 0; row < chunk.rows(); row++) {
            chunk.x(row, chunk.x(row) + 1f);
        }
    }
}
