package io.taktdb.runtime.tick;

/**
 * The deadlines of ticks: absolute, so that they never drift, and never bursting to catch up.
 *
 * <p>Deadlines are the points of a grid. When a tick is still running at the next one, that next tick starts at once,
 * and the one after it is back on the grid: a short delay costs no tick and shifts none. Points that passed meanwhile
 * are skipped for good, so that at most one tick follows another without a pause. Times are {@link System#nanoTime}.
 * Threading: tick thread.
 */
final class TickClock {
    private long periodNs;
    private long deadlineNs;
    private long gridStartNs;
    private long ticksOnGrid;
    private int rate;

    TickClock(final int rate, final long nowNs) {
        start(rate, nowNs);
    }

    private void start(final int newRate, final long nowNs) {
        rate = newRate;
        periodNs = 1_000_000_000L / newRate;
        gridStartNs = nowNs;
        ticksOnGrid = 0;
        advance();
    }

    /** When the next tick starts. */
    long deadlineNs() {
        return deadlineNs;
    }

    /** Wanted length of a tick. */
    long periodNs() {
        return periodNs;
    }

    int rate() {
        return rate;
    }

    /**
     * The tick of the current deadline is done: sets the next deadline.
     *
     * @return whether that one has passed already, which is an overrun
     */
    boolean next(final long nowNs) {
        advance();
        if (nowNs - deadlineNs <= 0) {
            return false;
        }
        ticksOnGrid = (nowNs - gridStartNs) / 1_000_000_000L * rate
                + (nowNs - gridStartNs) % 1_000_000_000L * rate / 1_000_000_000L;
        deadlineNs = pointNs(ticksOnGrid);
        return true;
    }

    /**
     * Goes on at another rate from now.
     *
     * @return whether it is another
     */
    boolean changeRate(final int newRate, final long nowNs) {
        if (newRate == rate) {
            return false;
        }
        start(newRate, nowNs);
        return true;
    }

    private void advance() {
        ticksOnGrid++;
        deadlineNs = pointNs(ticksOnGrid);
    }

    /** From the start of the grid, so that a rate that does not divide a second leaves no error behind. */
    private long pointNs(final long ticks) {
        return gridStartNs + ticks / rate * 1_000_000_000L + ticks % rate * 1_000_000_000L / rate;
    }
}
