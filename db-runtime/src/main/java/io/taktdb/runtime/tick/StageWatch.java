package io.taktdb.runtime.tick;

/** Time that each stage of the running tick took. Threading: tick thread. */
final class StageWatch {
    private static final Stage[] STAGES = Stage.values();

    private final long[] ns = new long[STAGES.length];
    private long lastNs;

    /** A tick begins. */
    void start(final long nowNs) {
        lastNs = nowNs;
    }

    /** A stage ended; the next one begins. */
    void end(final Stage stage) {
        final long nowNs = System.nanoTime();
        ns[stage.ordinal()] = nowNs - lastNs;
        lastNs = nowNs;
    }

    /** How long a stage took. */
    long ns(final Stage stage) {
        return ns[stage.ordinal()];
    }

    /** The stage that took longest. */
    Stage longest() {
        Stage longest = Stage.DRAIN;
        for (final Stage stage : STAGES) {
            if (ns(stage) > ns(longest)) {
                longest = stage;
            }
        }
        return longest;
    }
}
