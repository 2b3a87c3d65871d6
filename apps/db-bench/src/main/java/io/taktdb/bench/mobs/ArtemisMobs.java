package io.taktdb.bench.mobs;

import com.artemis.Aspect;
import com.artemis.Component;
import com.artemis.ComponentMapper;
import com.artemis.World;
import com.artemis.WorldConfigurationBuilder;
import com.artemis.systems.IteratingSystem;

/** Entities of artemis-odb; keys are found in an array of entities, which is kinder to it than a map would be. */
public final class ArtemisMobs extends Mobs {
    /** Where a mob is and how it moves. */
    public static final class Body extends Component {
        private final float[] position = new float[AXES];
        private final float[] velocity = new float[AXES];
    }

    /** How well a mob is. */
    public static final class Health extends Component {
        private int hp;
        private int maxHp;
    }

    /** Heals one entity at a time. */
    public static final class HealSystem extends IteratingSystem {
        private ComponentMapper<Health> healths;

        public HealSystem() {
            super(Aspect.all(Health.class));
        }

        @Override
        protected void process(final int entity) {
            final Health health = healths.get(entity);
            health.hp = Math.min(health.maxHp, health.hp + 1);
        }
    }

    /** Counts the weak, one entity at a time. */
    public static final class FilterSystem extends IteratingSystem {
        private ComponentMapper<Health> healths;
        private long count;

        public FilterSystem() {
            super(Aspect.all(Health.class));
        }

        @Override
        protected void begin() {
            count = 0;
        }

        @Override
        protected void process(final int entity) {
            count += healths.get(entity).hp < WEAK ? 1 : 0;
        }
    }

    private final World world;
    private final FilterSystem filter = new FilterSystem();
    private final ComponentMapper<Body> bodies;
    private final ComponentMapper<Health> healths;
    private final int[] entities;

    public ArtemisMobs(final Action action, final int rows) {
        super(action, rows);
        final WorldConfigurationBuilder systems = new WorldConfigurationBuilder();
        if (action == Action.HEAL) {
            systems.with(new HealSystem());
        } else if (action == Action.FILTER) {
            systems.with(filter);
        }
        world = new World(systems.build());
        bodies = world.getMapper(Body.class);
        healths = world.getMapper(Health.class);
        entities = new int[rows];
        for (int row = 0; row < rows; row++) {
            entities[row] = bear(row);
        }
    }

    private int bear(final long key) {
        final int entity = world.create();
        final Body body = bodies.create(entity);
        for (int axis = 0; axis < AXES; axis++) {
            body.position[axis] = position(key, axis);
            body.velocity[axis] = velocity(key, axis);
        }
        final Health health = healths.create(entity);
        health.hp = startHp(key);
        health.maxHp = maxHp(key);
        return entity;
    }

    @Override
    void heal() {
        world.process();
    }

    @Override
    long countWeak() {
        world.process();
        return filter.count;
    }

    @Override
    void hit(final long[] hitKeys) {
        for (final long key : hitKeys) {
            healths.get(entities[(int) key]).hp--;
        }
    }

    @Override
    void churn(final long oldest, final long newest, final int count) {
        for (int i = 0; i < count; i++) {
            world.delete(entities[(int) ((oldest + i) % entities.length)]);
        }
        world.process();
        for (int i = 0; i < count; i++) {
            entities[(int) ((newest + i) % entities.length)] = bear(newest + i);
        }
        world.process();
    }

    @Override
    long sumOfHp() {
        long sum = 0;
        for (final int entity : entities) {
            sum += healths.get(entity).hp;
        }
        return sum;
    }
}
