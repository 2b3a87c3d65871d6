package io.taktdb.bench.faults;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;

/** A world in which values are added, and mobs wander by chance and time. Threading: as the engine says. */
final class ScriptModule implements WorldModule {
    /** Parameters of {@code value.add}. */
    public record Add(long value) {}

    /** Chunks of mobs. */
    public interface MobChunk extends Chunk {
        float x(int row);

        void x(int row, float value);
    }

    @Override
    public String name() {
        return "script";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(CreateTable.of("value", FieldSpec.of("value", "i64"), FieldSpec.of("note", "string")));
        world.table(CreateTable.of("mob", FieldSpec.of("x", "f32")));
        world.procedure("value.add", "Adds a value.", Add.class, Void.class, (context, parameters) -> {
            context.table("value")
                    .insert(context.table("value")
                            .draft()
                            .set("value", parameters.value())
                            .set("note", "a note of value " + parameters.value()));
            context.table("mob")
                    .insert(context.table("mob")
                            .draft()
                            .set("x", context.random().nextFloat()));
            return null;
        });
        world.system("wander", "mob", MobChunk.class, (context, mobs) -> {
            for (int i = 0; i < mobs.rows(); i++) {
                mobs.x(i, mobs.x(i) + context.randomFloat(i) + context.timeMicros() % 7);
            }
        });
    }
}
