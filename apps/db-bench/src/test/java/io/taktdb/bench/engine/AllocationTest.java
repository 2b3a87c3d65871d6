package io.taktdb.bench.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.bench.fork.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commits allocate a few objects each, whatever the number of rows that they change.
 *
 * <p>Counted by the JVM for the thread, in a JVM of its own without guard mode, whose history of each page allocates.
 */
final class AllocationTest {
    /** Some 230 bytes are measured: the new root, nothing by row or page. */
    private static final double MAX_BYTES_PER_COMMIT = 512;

    /** The compiler and the virtual machine allocate on this thread now and then; not in every window. */
    private static final int WINDOWS = 10;

    @ParameterizedTest
    @ValueSource(strings = {"scale.10k", "keyed.1M"})
    @Tag("rc_3:test_update_zero_copy")
    void shouldAllocateNothingByRowWhenCommitsChangeTenThousandRows(final String workload) {
        final List<String> flags = List.of("-Dtaktdb.guard=false", "-Xmx512m", "-XX:+UseSerialGC");
        try (ChildJvm child = ChildJvm.start(workload, flags, EngineChild.class, List.of(workload, "0"))) {
            child.ask("prepare 300");
            double least = Double.MAX_VALUE;
            for (int window = 0; window < WINDOWS; window++) {
                least = Math.min(least, Double.parseDouble(child.ask("measure").split(" ", -1)[1]));
            }
            final double bytes = least;
            assertTrue(bytes < MAX_BYTES_PER_COMMIT, () -> workload + ": bytes per commit=" + bytes);
        }
    }
}
