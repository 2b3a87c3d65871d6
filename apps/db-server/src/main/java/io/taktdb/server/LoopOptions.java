package io.taktdb.server;

import io.taktdb.runtime.tick.LoopConfig;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of how the loop runs; a picocli mixin. Threading: the main thread. */
final class LoopOptions {
    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Threads that run systems, the tick thread included (default: one for each processor). The"
                    + " world is the same whatever their number.")
    private Integer workers;

    @Option(
            names = "--hash-ticks",
            paramLabel = "N",
            defaultValue = "" + LoopConfig.DEFAULT_HASH_TICKS,
            description = "After so many ticks the state is hashed, beside the loop, for the status and for the"
                    + " journal, to be compared at the next start; 0: never (default: ${DEFAULT-VALUE}).")
    private int hashTicks;

    @Option(
            names = "--call-limit",
            paramLabel = "TIME",
            defaultValue = "0",
            description = "Procedures that take longer are ended as soon as they touch a table, and taken back, e.g."
                    + " 250ms; 0: they are reported only (default: ${DEFAULT-VALUE}).")
    private String callLimit;

    /**
     * A loop with what the options say.
     *
     * @throws io.taktdb.types.error.DbException one is out of range
     * @throws IllegalArgumentException one is no time
     */
    LoopConfig applyTo(final LoopConfig loop) {
        final Duration limit;
        try {
            limit = TimeSpan.parse(callLimit);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("--call-limit: " + e.getMessage(), e);
        }
        final LoopConfig limited = loop.withHashTicks(hashTicks).withCallLimit(limit);
        return workers == null ? limited : limited.withWorkers(workers);
    }
}
