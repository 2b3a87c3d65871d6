package io.taktdb.persistence.snapshot;

import io.taktdb.types.error.DbException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One snapshot that was asked for: waiting, being written, or finished. Threading: read by any thread. */
public final class SnapshotTask {
    /** The value of {@link #commit()} before the writing began. */
    public static final long NOT_STARTED = -1;

    private final SnapshotProgress progress = new SnapshotProgress();
    private final CompletableFuture<SnapshotInfo> result = new CompletableFuture<>();
    private volatile long commit = NOT_STARTED;

    SnapshotTask() {}

    /** The commit that is being written, also the id that the snapshot will have; or {@link #NOT_STARTED}. */
    public long commit() {
        return commit;
    }

    /** How far the writing is. */
    public SnapshotProgress progress() {
        return progress;
    }

    /** The snapshot once it is durable, or the {@link DbException} that ended it. */
    public CompletableFuture<SnapshotInfo> result() {
        return result.copy();
    }

    /**
     * Waits for the snapshot.
     *
     * @throws DbException why there is none
     */
    public SnapshotInfo await() {
        try {
            return result.join();
        } catch (final CompletionException e) {
            if (e.getCause() instanceof DbException failed) {
                throw failed;
            }
            throw e;
        }
    }

    /** Whether it ended, well or not. */
    public boolean isDone() {
        return result.isDone();
    }

    void start(final long leasedCommit) {
        commit = leasedCommit;
    }

    void finish(final SnapshotInfo info) {
        result.complete(info);
    }

    void fail(final Throwable cause) {
        result.completeExceptionally(cause);
    }
}
