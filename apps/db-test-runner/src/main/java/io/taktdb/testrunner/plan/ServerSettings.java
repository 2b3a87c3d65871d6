package io.taktdb.testrunner.plan;

/**
 * The server that a plan wants.
 *
 * @param tickRate ticks per second
 */
public record ServerSettings(int tickRate) {
    /** What the project promises to hold. */
    public static final int MIN_TICK_RATE = 15;

    public static final int MAX_TICK_RATE = 120;

    /** A server for plans that do not care. */
    public static final ServerSettings DEFAULT = new ServerSettings(60);
}
