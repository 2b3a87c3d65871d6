package io.taktdb.bench.engine;

import io.taktdb.bench.scenario.Scenario;
import java.util.List;
import java.util.function.Supplier;

/**
 * One figure: what is measured, and who takes part; the first contender is ours.
 *
 * @param name of the figure, e.g. {@code commit.all.1M}
 * @param unit of its value, e.g. {@code ns/row}
 * @param nsPerUnit nanoseconds of a step for each unit of the value
 * @param heapMb heap of a contender's JVM
 */
public record Workload(String name, String unit, double nsPerUnit, int heapMb, List<Contender> contenders) {
    /**
     * Who takes part.
     *
     * @param title e.g. {@code float[]}
     * @param make makes its world, in its own JVM
     */
    public record Contender(String title, Supplier<Scenario> make) {}

    /** The unit of figures that are given by row. */
    static final String NS_PER_ROW = "ns/row";

    /** The unit of figures that are given by commit. */
    static final String MS_PER_COMMIT = "ms/commit";

    /** Whether the worlds are so large that a short run leaves them out. */
    boolean isLarge() {
        return heapMb > 2048;
    }

    public Workload {
        contenders = List.copyOf(contenders);
    }
}
