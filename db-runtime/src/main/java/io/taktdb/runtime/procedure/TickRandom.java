package io.taktdb.runtime.procedure;

/**
 * Random numbers that depend on seed, tick and command alone: SplitMix64 (S. Vigna, public domain, after G. Steele et
 * al., "Fast splittable pseudorandom number generators", 2014). Threading: one thread.
 */
public final class TickRandom {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** Starts a sequence. */
    public void seed(final long seed, final long tick, final long command) {
        state = mix(mix(seed ^ mix(tick)) ^ command);
    }

    /** The next 64 random bits. */
    public long nextLong() {
        state += GAMMA;
        return mix(state);
    }

    /**
     * The next number in [0, bound).
     *
     * @param bound at least 1
     */
    public int nextInt(final int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be at least 1: bound=" + bound);
        }
        return (int) Math.multiplyHigh(nextLong() >>> 1, (long) bound << 1);
    }

    /** The next number in [0, 1). */
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1p-24f;
    }

    /** The next number in [0, 1). */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** Spreads all bits of a number over all bits of the result. */
    public static long mix(final long value) {
        long z = value;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
