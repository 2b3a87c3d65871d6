package io.taktdb.bench.report;

import java.util.Arrays;

/**
 * Values of one thing, one per round.
 *
 * <p>Threading: one thread.
 */
public final class Samples {
    private double[] values = new double[0];

    /** Adds the value of one more round. */
    public void add(final double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
    }

    /** The middle value; of an even number the mean of both middle ones. */
    public double median() {
        return median(values);
    }

    /** The smallest value. */
    public double min() {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    /** The largest value. */
    public double max() {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /** The median of this value through the peer's, round by round: both met the machine in the same mood. */
    public double medianRatio(final Samples peer) {
        if (values.length != peer.values.length) {
            throw new IllegalArgumentException("rounds differ: " + values.length + ", " + peer.values.length);
        }
        final double[] ratios = new double[values.length];
        Arrays.setAll(ratios, round -> values[round] / peer.values[round]);
        return median(ratios);
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
