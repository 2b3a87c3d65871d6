package io.taktdb.runtime.procedure;

/**
 * What a system may know and do besides its rows. Threading: one worker.
 *
 * @param tick the tick, from 1
 * @param timeMicros microseconds since 1970 at the tick's start, the same for all that runs in it
 * @param tickSeconds wanted length of a tick
 * @param seed of the world
 * @param effects what it may do to others, if it declared that
 */
public record SystemContext(long tick, long timeMicros, float tickSeconds, long seed, Effects effects) {
    /** The context of systems without effects. */
    public SystemContext(final long tick, final long timeMicros, final float tickSeconds, final long seed) {
        this(tick, timeMicros, tickSeconds, seed, Effects.NONE);
    }

    /** The same with effects. */
    public SystemContext with(final Effects others) {
        return new SystemContext(tick, timeMicros, tickSeconds, seed, others);
    }

    /** 64 random bits for a key (such as an id) in this tick, the same on every machine. */
    public long random(final long key) {
        return TickRandom.mix(TickRandom.mix(seed ^ TickRandom.mix(tick)) ^ key);
    }

    /** A random number in [0, 1) for a key in this tick. */
    public float randomFloat(final long key) {
        return (random(key) >>> 40) * 0x1p-24f;
    }
}
