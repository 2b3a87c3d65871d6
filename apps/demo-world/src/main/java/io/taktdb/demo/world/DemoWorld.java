package io.taktdb.demo.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taktdb.demo.data.SampleData;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * {@value #MOBS} mobs of real kinds and sizes that wander in a square world.
 *
 * <p>The world is a function of its seed, the ticks and the calls: nothing here reads a clock.
 */
public final class DemoWorld implements WorldModule {
    /** Mobs of a new world. */
    public static final int MOBS = 20_000;

    @Override
    public String name() {
        return "demo-world";
    }

    @Override
    public void register(final WorldRegistry world) {
        world.table(EntityType.TABLE);
        world.table(Mobs.TABLE);
        world.onCreate(DemoWorld::populate);
        world.system("wander", Mobs.NAME, MobChunk.class, Wander::step);
        world.procedure(
                "world.spawn",
                "Makes mobs of one kind at a place.",
                Spawn.Parameters.class,
                Spawn.Spawned.class,
                Spawn::call);
        world.procedure(
                "world.damage",
                "Takes hit points from a mob; at 0 it dies and is deleted.",
                Damage.Parameters.class,
                Damage.Wound.class,
                Damage::call);
        world.procedure("world.near", "Finds the nearest mobs.", Near.Parameters.class, Near.Found.class, Near::call);
    }

    private static void populate(final ProcedureContext context) {
        EntityType.insert(context.table(EntityType.TABLE_NAME), entityTypes());
        final List<Kind> living = Kind.living(context);
        final Mobs mobs = new Mobs(context);
        for (int i = 0; i < MOBS; i++) {
            final Kind kind = living.get(context.random().nextInt(living.size()));
            final float x = (2 * context.random().nextFloat() - 1) * Mobs.HALF_WORLD;
            final float z = (2 * context.random().nextFloat() - 1) * Mobs.HALF_WORLD;
            mobs.insert(kind, x, z);
        }
    }

    /** All entities of the sample data. */
    static List<EntityType> entityTypes() {
        try {
            return List.of(new ObjectMapper().readValue(SampleData.entities(), EntityType[].class));
        } catch (final IOException e) {
            throw new UncheckedIOException("sample data is not as expected: file=entities.json", e);
        }
    }
}
