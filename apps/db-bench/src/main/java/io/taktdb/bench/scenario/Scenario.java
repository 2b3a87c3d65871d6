package io.taktdb.bench.scenario;

/**
 * A world and the one thing that is done to it again and again.
 *
 * <p>Threading: one thread.
 */
public interface Scenario extends AutoCloseable {
    /** Does it once more. */
    void step();

    /**
     * Compares the world with what so many steps must have led to.
     *
     * @return what differs, or null
     */
    String problem(long steps);

    /** Bytes that the world holds outside of the Java heap, 0 if it holds none. */
    default long offHeapBytes() {
        return 0;
    }

    @Override
    default void close() {}
}
