package io.taktdb.bench.kernel;

import com.artemis.Aspect;
import com.artemis.Component;
import com.artemis.ComponentMapper;
import com.artemis.World;
import com.artemis.WorldConfigurationBuilder;
import com.artemis.systems.IteratingSystem;

/** Entities of artemis-odb with two pooled components, moved by an iterating system, as its manual shows. */
final class ArtemisMovement implements Movement {
    /** Where an entity is. */
    public static final class Position extends Component {
        private float x;
        private float y;
        private float z;
    }

    /** How an entity moves. */
    public static final class Velocity extends Component {
        private float x;
        private float y;
        private float z;
    }

    /** Moves one entity at a time. */
    public static final class MovementSystem extends IteratingSystem {
        private ComponentMapper<Position> positions;
        private ComponentMapper<Velocity> velocities;

        public MovementSystem() {
            super(Aspect.all(Position.class, Velocity.class));
        }

        @Override
        protected void process(final int entity) {
            final Position position = positions.get(entity);
            final Velocity velocity = velocities.get(entity);
            position.x += velocity.x * DT;
            position.y += velocity.y * DT;
            position.z += velocity.z * DT;
        }
    }

    private final World world;
    private final ComponentMapper<Position> positions;
    private final int[] entities;

    ArtemisMovement(final int rows) {
        world = new World(
                new WorldConfigurationBuilder().with(new MovementSystem()).build());
        positions = world.getMapper(Position.class);
        final ComponentMapper<Velocity> velocities = world.getMapper(Velocity.class);
        entities = new int[rows];
        for (int row = 0; row < rows; row++) {
            entities[row] = world.create();
            final Position position = positions.create(entities[row]);
            position.x = Movement.startPosition(row, 0);
            position.y = Movement.startPosition(row, 1);
            position.z = Movement.startPosition(row, 2);
            final Velocity velocity = velocities.create(entities[row]);
            velocity.x = Movement.velocity(row, 0);
            velocity.y = Movement.velocity(row, 1);
            velocity.z = Movement.velocity(row, 2);
        }
    }

    @Override
    public void step() {
        world.process();
    }

    @Override
    public float position(final int row, final int axis) {
        final Position position = positions.get(entities[row]);
        return axis == 0 ? position.x : axis == 1 ? position.y : position.z;
    }
}
