package io.taktdb.demo.world;

import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.RowDraft;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;

/** The table of mobs, and how one is made. Threading: tick thread, within one call. */
final class Mobs {
    static final String NAME = "mob";

    /** The world reaches so many blocks from its middle, along x and along z. */
    static final float HALF_WORLD = 512;

    static final CreateTable TABLE = CreateTable.of(
            NAME,
            FieldSpec.of("x", "f32"),
            FieldSpec.of("y", "f32"),
            FieldSpec.of("z", "f32"),
            FieldSpec.of("vx", "f32"),
            FieldSpec.of("vz", "f32"),
            FieldSpec.of("speed", "f32"),
            FieldSpec.of("width", "f32"),
            FieldSpec.of("height", "f32"),
            FieldSpec.of("hp", "i32"),
            FieldSpec.of("entity_type", "u64"),
            FieldSpec.of("category", "enum(hostile_mobs,immobile,passive_mobs,projectiles,unknown,vehicles)"));

    private static final float GROUND = 64;

    private final ProcedureContext context;
    private final ProcedureTable table;
    private final RowDraft row;

    Mobs(final ProcedureContext context) {
        this.context = context;
        table = context.table(NAME);
        row = table.draft();
    }

    /**
     * Inserts a mob that sets out in a random direction; a place outside the world is moved to its edge.
     *
     * @return its id
     */
    long insert(final Kind kind, final float x, final float z) {
        final int heading = context.random().nextInt(Headings.COUNT);
        row.clear()
                .set("x", Math.max(-HALF_WORLD, Math.min(HALF_WORLD, x)))
                .set("y", GROUND + kind.altitude())
                .set("z", Math.max(-HALF_WORLD, Math.min(HALF_WORLD, z)))
                .set("vx", Headings.x(heading) * kind.speed())
                .set("vz", Headings.z(heading) * kind.speed())
                .set("speed", kind.speed())
                .set("width", kind.width())
                .set("height", kind.height())
                .set("hp", kind.hitPoints())
                .set("entity_type", kind.id())
                .set("category", kind.categoryName());
        return table.insert(row);
    }

    /**
     * Refuses a place that is no place in the world.
     *
     * @throws DbException PROCEDURE_FAILED
     */
    static void requireInside(final String parameter, final float value) {
        if (!(Math.abs(value) <= HALF_WORLD)) {
            throw refusal(
                    parameter,
                    "place is outside the world: " + parameter + "=" + value + ", limit=" + -HALF_WORLD + ".."
                            + HALF_WORLD);
        }
    }

    static DbException refusal(final String parameter, final String text) {
        return new DbException(ErrorCode.PROCEDURE_FAILED, text).with("parameter", parameter);
    }
}
