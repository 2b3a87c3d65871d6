package io.taktdb.persistence.snapshot;

/** How far the writing of one snapshot is. Threading: written by the snapshot's thread, read by any. */
public final class SnapshotProgress {
    private volatile long totalBytes;
    private volatile long writtenBytes;

    /** Bytes of all pages; 0 before they were counted. */
    public long totalBytes() {
        return totalBytes;
    }

    /** Bytes that went to the file. */
    public long writtenBytes() {
        return writtenBytes;
    }

    void totalBytes(final long bytes) {
        totalBytes = bytes;
    }

    void writtenBytes(final long bytes) {
        writtenBytes = bytes;
    }
}
