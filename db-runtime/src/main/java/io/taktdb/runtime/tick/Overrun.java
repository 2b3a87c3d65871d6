package io.taktdb.runtime.tick;

import java.util.Locale;

/**
 * A tick that was still running at the deadline of the next one, and what used its time.
 *
 * @param tick which
 * @param lateNs how late it started
 * @param workNs how long it ran
 * @param periodNs how long it may run
 * @param stage the stage that took longest
 * @param stageNs how long that took
 * @param cause who ran longest in that stage, or before a late start: a system, a command; null when nobody is known
 * @param causeNs how long that ran
 */
public record Overrun(
        long tick, long lateNs, long workNs, long periodNs, Stage stage, long stageNs, String cause, long causeNs) {
    private static final double NS_PER_MS = 1e6;

    /** Whether its own work fitted: it started too late. */
    public boolean startedLate() {
        return workNs <= periodNs;
    }

    /** The overrun in words. */
    @Override
    public String toString() {
        final String figures = String.format(
                Locale.ROOT,
                "tick=%d, workMs=%.2f, periodMs=%.2f, lateMs=%.2f",
                tick,
                workNs / NS_PER_MS,
                periodNs / NS_PER_MS,
                lateNs / NS_PER_MS);
        if (startedLate()) {
            return "tick overran, since it started late: " + figures
                    + (cause == null
                            ? "; the tick thread did not get a processor in time, or the tick before overran"
                            : String.format(
                                    Locale.ROOT,
                                    ", cause=%s, causeMs=%.2f; make it faster",
                                    cause,
                                    causeNs / NS_PER_MS));
        }
        final String longest = String.format(
                Locale.ROOT, ", stage=%s, stageMs=%.2f", stage.name().toLowerCase(Locale.ROOT), stageNs / NS_PER_MS);
        return "tick overran: " + figures + longest
                + (cause == null
                        ? "; lower the tick rate, or give it less to do"
                        : String.format(
                                Locale.ROOT,
                                ", cause=%s, causeMs=%.2f; make it faster, or lower the tick rate",
                                cause,
                                causeNs / NS_PER_MS));
    }
}
