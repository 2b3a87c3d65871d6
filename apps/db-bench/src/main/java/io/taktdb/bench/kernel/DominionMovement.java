package io.taktdb.bench.kernel;

import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Results;

/** Entities of dominion with two components, moved over the iterator of its results, as its manual shows. */
final class DominionMovement implements Movement {
    private static final class Position {
        private float x;
        private float y;
        private float z;
    }

    private static final class Velocity {
        private float x;
        private float y;
        private float z;
    }

    private final Dominion dominion = Dominion.create();
    private final Position[] positions;

    DominionMovement(final int rows) {
        positions = new Position[rows];
        for (int row = 0; row < rows; row++) {
            final Position position = new Position();
            position.x = Movement.startPosition(row, 0);
            position.y = Movement.startPosition(row, 1);
            position.z = Movement.startPosition(row, 2);
            final Velocity velocity = new Velocity();
            velocity.x = Movement.velocity(row, 0);
            velocity.y = Movement.velocity(row, 1);
            velocity.z = Movement.velocity(row, 2);
            positions[row] = position;
            dominion.createEntity(position, velocity);
        }
    }

    @Override
    public void step() {
        for (final Results.With2<Position, Velocity> found :
                dominion.findEntitiesWith(Position.class, Velocity.class)) {
            final Position position = found.comp1();
            final Velocity velocity = found.comp2();
            position.x += velocity.x * DT;
            position.y += velocity.y * DT;
            position.z += velocity.z * DT;
        }
    }

    @Override
    public float position(final int row, final int axis) {
        final Position position = positions[row];
        return axis == 0 ? position.x : axis == 1 ? position.y : position.z;
    }
}
