package io.taktdb.bench.mobs;

import io.taktdb.bench.scenario.Scenario;

/**
 * Monsters with a position, a velocity, {@code hp} and {@code maxHp}. Keys count up from 0 in the order of birth.
 *
 * <p>Every contender sees the same calls; {@link #problem} compares the sum of all hp with what they must have led to.
 * Threading: one thread.
 */
public abstract class Mobs implements Scenario {
    /** What a step does. */
    public enum Action {
        /** Every mob gets one hp, up to its most: a whole commit. */
        HEAL,
        /** Counts the mobs with few hp. */
        FILTER,
        /** Hits {@value #HITS} mobs, found by their keys: a whole commit. */
        KEYED,
        /** {@value #BIRTHS} die, the oldest first, and as many are born: a whole commit. */
        CHURN
    }

    /** Mobs that a step of {@link Action#KEYED} hits. */
    public static final int HITS = 10_000;

    /** Mobs that a step of {@link Action#CHURN} replaces. */
    public static final int BIRTHS = 100_000;

    /** {@link Action#FILTER} counts mobs with fewer hp. */
    static final int WEAK = 50;

    /** Axes of a position. */
    static final int AXES = 3;

    private static final int START_HP_VALUES = 100;

    private final Action action;
    private final int rows;
    private final long[] keys = new long[HITS];
    private long random = 1;
    private long born;
    private long counted;

    Mobs(final Action action, final int rows) {
        this.action = action;
        this.rows = rows;
        this.born = rows;
    }

    /** The hp that a mob is born with. */
    static int startHp(final long key) {
        return (int) (key % START_HP_VALUES);
    }

    /** The most hp of a mob. */
    static int maxHp(final long key) {
        return (int) (1_000 + key % 7);
    }

    /** Where a mob is born. */
    static float position(final long key, final int axis) {
        return key % 1000 * 0.25f + axis;
    }

    /** How a mob moves. */
    static float velocity(final long key, final int axis) {
        return key % 17 - axis;
    }

    abstract void heal();

    abstract long countWeak();

    abstract void hit(long[] hitKeys);

    /**
     * Lets mobs die and others be born.
     *
     * @param oldest first key to die
     * @param newest first key to be born
     */
    abstract void churn(long oldest, long newest, int count);

    abstract long sumOfHp();

    @Override
    public final void step() {
        switch (action) {
            case HEAL -> heal();
            case FILTER -> counted = countWeak();
            case KEYED -> {
                for (int i = 0; i < HITS; i++) {
                    random = random * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L; // Knuth's MMIX
                    keys[i] = (random >>> 33) * rows >>> 31;
                }
                hit(keys);
            }
            case CHURN -> {
                churn(born - rows, born, Math.min(BIRTHS, rows));
                born += Math.min(BIRTHS, rows);
            }
        }
    }

    @Override
    public final String problem(final long steps) {
        long expected = action == Action.KEYED ? -steps * HITS : 0;
        long weak = 0;
        for (long key = born - rows; key < born; key++) {
            final int hp = startHp(key);
            expected += action == Action.HEAL ? Math.min(maxHp(key), hp + steps) : hp;
            weak += hp < WEAK ? 1 : 0;
        }
        final long found = sumOfHp();
        if (found != expected) {
            return "sum of hp differs: expected=" + expected + ", found=" + found + ", steps=" + steps;
        }
        if (action == Action.FILTER && counted != weak) {
            return "count differs: expected=" + weak + ", found=" + counted;
        }
        return null;
    }
}
