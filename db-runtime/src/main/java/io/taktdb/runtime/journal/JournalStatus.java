package io.taktdb.runtime.journal;

/**
 * A journal's figures at one moment.
 *
 * @param mode whether it is on, and takes writes
 * @param failure why it takes none, or null
 * @param tick newest tick that is durable
 * @param commit newest commit that is durable
 * @param segments files there are
 * @param diskBytes bytes of these files that are in use
 * @param writtenBytes bytes written since the start
 * @param waitingCommits commits handed over and not written
 * @param waitingBytes bytes of their commands
 * @param maxWaitingBytes the limit of {@code waitingBytes}
 * @param syncs since the start
 * @param syncP50Ns median time of a sync since the start
 * @param syncP99Ns 99th percentile
 * @param syncMaxNs longest
 * @param failures how often writing or syncing failed since the start
 */
public record JournalStatus(
        Mode mode,
        String failure,
        long tick,
        long commit,
        int segments,
        long diskBytes,
        long writtenBytes,
        int waitingCommits,
        long waitingBytes,
        long maxWaitingBytes,
        long syncs,
        long syncP50Ns,
        long syncP99Ns,
        long syncMaxNs,
        long failures) {
    /** There is no journal. */
    public static final JournalStatus OFF = new JournalStatus(Mode.OFF, null, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What a journal does. */
    public enum Mode {
        /** There is none. */
        OFF,
        /** It takes commits and makes them durable. */
        ON,
        /** It cannot, or cannot yet: writes are refused, ticks go on. */
        READ_ONLY
    }
}
