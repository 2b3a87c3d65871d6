package io.taktdb.bench.mobs;

import java.util.HashMap;
import java.util.Map;

/** A {@code HashMap} of objects: what one writes first. */
public final class ObjectMobs extends Mobs {
    private static final class Mob {
        private final float x;
        private final float y;
        private final float z;
        private final float vx;
        private final float vy;
        private final float vz;
        private int hp;
        private final int maxHp;

        Mob(final long key) {
            x = position(key, 0);
            y = position(key, 1);
            z = position(key, 2);
            vx = velocity(key, 0);
            vy = velocity(key, 1);
            vz = velocity(key, 2);
            hp = startHp(key);
            maxHp = maxHp(key);
        }

        float reach() {
            return x + y + z + vx + vy + vz;
        }
    }

    private final Map<Long, Mob> mobs;

    public ObjectMobs(final Action action, final int rows) {
        super(action, rows);
        mobs = new HashMap<>(2 * rows);
        for (long key = 0; key < rows; key++) {
            mobs.put(key, new Mob(key));
        }
    }

    @Override
    void heal() {
        for (final Mob mob : mobs.values()) {
            mob.hp = Math.min(mob.maxHp, mob.hp + 1);
        }
    }

    @Override
    long countWeak() {
        long count = 0;
        for (final Mob mob : mobs.values()) {
            count += mob.hp < WEAK ? 1 : 0;
        }
        return count;
    }

    @Override
    void hit(final long[] hitKeys) {
        for (final long key : hitKeys) {
            mobs.get(key).hp--;
        }
    }

    @Override
    void churn(final long oldest, final long newest, final int count) {
        for (int i = 0; i < count; i++) {
            mobs.remove(oldest + i);
            mobs.put(newest + i, new Mob(newest + i));
        }
    }

    @Override
    long sumOfHp() {
        long sum = 0;
        for (final Mob mob : mobs.values()) {
            sum += Float.isNaN(mob.reach()) ? 0 : mob.hp;
        }
        return sum;
    }
}
