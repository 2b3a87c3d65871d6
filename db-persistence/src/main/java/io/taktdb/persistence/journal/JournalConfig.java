package io.taktdb.persistence.journal;

import java.time.Duration;

/**
 * How a journal is kept.
 *
 * @param isOn whether there is one
 * @param segmentBytes size of a segment file; one commit that is larger gets a larger one
 * @param queueCommits the most commits that wait for the disk; half of them are for ticks alone
 * @param queueBytes the most bytes that the commands of waiting commits have
 * @param idleWriteDelay how long ticks without commands may wait before they are written
 * @param idleSyncDelay how long ticks without commands may stay without a sync
 * @param retryDelay how long after a failure the disk is tried again
 * @param snapshotBytes after so many bytes a snapshot is taken, so that the segments before it can go
 */
public record JournalConfig(
        boolean isOn,
        long segmentBytes,
        int queueCommits,
        long queueBytes,
        Duration idleWriteDelay,
        Duration idleSyncDelay,
        Duration retryDelay,
        long snapshotBytes) {
    /** The smallest segment. */
    public static final long MIN_SEGMENT_BYTES = 16 << 10;

    /** The defaults. */
    public static final JournalConfig ON = new JournalConfig(
            true,
            64L << 20,
            8_192,
            64L << 20,
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            256L << 20);

    /** No journal: what came after the last snapshot is lost in a crash. */
    public static final JournalConfig OFF = new JournalConfig(
            false,
            ON.segmentBytes,
            ON.queueCommits,
            ON.queueBytes,
            ON.idleWriteDelay,
            ON.idleSyncDelay,
            ON.retryDelay,
            ON.snapshotBytes);

    public JournalConfig {
        if (segmentBytes < MIN_SEGMENT_BYTES || queueCommits < 4 || queueBytes < 1 || snapshotBytes < 1) {
            throw new IllegalArgumentException("journal out of range: segmentBytes=" + segmentBytes + ", queueCommits="
                    + queueCommits + ", queueBytes=" + queueBytes + ", snapshotBytes=" + snapshotBytes + "; at least "
                    + MIN_SEGMENT_BYTES + ", 4, 1, 1");
        }
    }

    /** The same with segments of another size. */
    public JournalConfig withSegmentBytes(final long bytes) {
        return new JournalConfig(
                isOn, bytes, queueCommits, queueBytes, idleWriteDelay, idleSyncDelay, retryDelay, snapshotBytes);
    }

    /** The same with another queue. */
    public JournalConfig withQueue(final int commits, final long bytes) {
        return new JournalConfig(
                isOn, segmentBytes, commits, bytes, idleWriteDelay, idleSyncDelay, retryDelay, snapshotBytes);
    }

    /** The same with another delay of retries. */
    public JournalConfig withRetryDelay(final Duration delay) {
        return new JournalConfig(
                isOn, segmentBytes, queueCommits, queueBytes, idleWriteDelay, idleSyncDelay, delay, snapshotBytes);
    }

    /** The same with snapshots after other amounts of journal. */
    public JournalConfig withSnapshotBytes(final long bytes) {
        return new JournalConfig(
                isOn, segmentBytes, queueCommits, queueBytes, idleWriteDelay, idleSyncDelay, retryDelay, bytes);
    }
}
