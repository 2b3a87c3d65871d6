package io.taktdb.runtime.journal;

import io.taktdb.runtime.command.Submission;

/**
 * One commit on its way into the journal: all that a replay needs to make it again.
 *
 * <p>Threading: made by the tick thread, then read by the journal's; the arrays are not written any more.
 *
 * @param commit its number
 * @param tick the tick that it belongs to
 * @param timeMicros the time that its commands and systems saw
 * @param rate ticks a second, as systems saw it
 * @param isTick whether the systems of the tick ran after the commands
 * @param failedSystems positions of systems whose run was taken back, in order
 * @param commands what was applied, in order; commands that were refused are left out
 * @param bytes of all commands
 */
@SuppressWarnings("ArrayRecordComponent") // one per commit on the tick thread: never compared, never copied
public record JournalCommit(
        long commit,
        long tick,
        long timeMicros,
        int rate,
        boolean isTick,
        int[] failedSystems,
        Submission[] commands,
        long bytes) {
    /** No system failed. */
    public static final int[] NO_SYSTEMS = {};

    /** No command was applied. */
    public static final Submission[] NO_COMMANDS = {};
}
