package io.taktdb.bench.mobs;

import dev.dominion.ecs.api.Dominion;
import dev.dominion.ecs.api.Entity;
import dev.dominion.ecs.api.Results;

/** Entities of dominion; keys are found in an array of entities, which is kinder to it than a map would be. */
public final class DominionMobs extends Mobs {
    /** Where a mob is and how it moves. */
    private record Body(float[] position, float[] velocity) {}

    private static final class Health {
        private int hp;
        private int maxHp;
    }

    private final Dominion dominion = Dominion.create();
    private final Entity[] entities;

    public DominionMobs(final Action action, final int rows) {
        super(action, rows);
        entities = new Entity[rows];
        for (int row = 0; row < rows; row++) {
            entities[row] = bear(row);
        }
    }

    private Entity bear(final long key) {
        final Body body = new Body(new float[AXES], new float[AXES]);
        for (int axis = 0; axis < AXES; axis++) {
            body.position[axis] = position(key, axis);
            body.velocity[axis] = velocity(key, axis);
        }
        final Health health = new Health();
        health.hp = startHp(key);
        health.maxHp = maxHp(key);
        return dominion.createEntity(body, health);
    }

    @Override
    void heal() {
        for (final Results.With1<Health> found : dominion.findEntitiesWith(Health.class)) {
            final Health health = found.comp();
            health.hp = Math.min(health.maxHp, health.hp + 1);
        }
    }

    @Override
    long countWeak() {
        long count = 0;
        for (final Results.With1<Health> found : dominion.findEntitiesWith(Health.class)) {
            count += found.comp().hp < WEAK ? 1 : 0;
        }
        return count;
    }

    @Override
    void hit(final long[] hitKeys) {
        for (final long key : hitKeys) {
            entities[(int) key].get(Health.class).hp--;
        }
    }

    @Override
    void churn(final long oldest, final long newest, final int count) {
        for (int i = 0; i < count; i++) {
            final int slot = (int) ((oldest + i) % entities.length);
            dominion.deleteEntity(entities[slot]);
            entities[slot] = bear(newest + i);
        }
    }

    @Override
    long sumOfHp() {
        long sum = 0;
        for (final Results.With1<Health> found : dominion.findEntitiesWith(Health.class)) {
            sum += found.comp().hp;
        }
        return sum;
    }
}
