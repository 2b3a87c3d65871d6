package io.taktdb.server;

import io.taktdb.api.rest.WorldFiles;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.persistence.StagedWorld;
import io.taktdb.persistence.WorldStore;
import io.taktdb.persistence.snapshot.SnapshotInfo;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The front end's port to persistence. Threading: any. */
final class StoredFiles implements WorldFiles {
    private final WorldStore store;
    private final TaktDb db;
    private final MemoryBudget memory;

    /** @param memory of the world; another world that is read beside it gets what is left */
    StoredFiles(final WorldStore store, final TaktDb db, final MemoryBudget memory) {
        this.store = store;
        this.db = db;
        this.memory = memory;
    }

    @Override
    public Dump dump() throws IOException {
        final Path file = Files.createTempFile("takt-", ".db");
        try (Lease lease = db.lease()) {
            final State state = lease.state();
            store.dump(state, file);
            return new Dump(file, state.tick(), state.commit());
        } catch (final Throwable e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    @Override
    public Dump dump(final String snapshotId) throws IOException {
        final SnapshotInfo info = store.snapshot(commit(snapshotId));
        final Path file = Files.createTempFile("takt-", ".db");
        try {
            store.dumpSnapshot(info.commit(), file, memory.rest());
            return new Dump(file, info.tick(), info.commit());
        } catch (final Throwable e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    @Override
    public Restored restore(final Path file) {
        try (StagedWorld staged = StagedWorld.ofSqlite(file, memory.rest())) {
            return restore(staged);
        }
    }

    @Override
    public Restored restore(final String snapshotId) {
        try (StagedWorld staged = store.stage(commit(snapshotId), memory.rest())) {
            return restore(staged);
        }
    }

    /** The world changes at once; the snapshot makes that durable. */
    private Restored restore(final StagedWorld staged) {
        final Submission done = join(db.replaceBy(staged.state()));
        final SnapshotInfo saved;
        try {
            saved = join(store.snapshotNow().result());
        } catch (final DbException e) {
            throw new DbException(
                    e.code(),
                    "the world was restored, but not saved: cause=" + e.getMessage()
                            + "; it is gone with the process unless a snapshot succeeds: mend the cause and take one",
                    e);
        }
        return new Restored(
                staged.source(),
                staged.state().tables().size(),
                staged.state().rowCount(),
                Long.toString(saved.commit()),
                done.tick(),
                done.commit(),
                staged.notes());
    }

    @Override
    public Snapshot takeSnapshot() {
        return snapshot(join(store.snapshotNow().result()));
    }

    private static <T> T join(final CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (final CompletionException e) {
            if (e.getCause() instanceof DbException failed) {
                throw failed;
            }
            throw e;
        }
    }

    @Override
    public List<Snapshot> snapshots() {
        return store.snapshots().stream().map(StoredFiles::snapshot).toList();
    }

    @Override
    public Snapshot snapshot(final String id) {
        return snapshot(store.snapshot(commit(id)));
    }

    @Override
    public void deleteSnapshot(final String id) {
        store.deleteSnapshot(commit(id));
    }

    @Override
    public long newestSnapshotTick() {
        final SnapshotInfo newest = store.newestSnapshot();
        return newest == null ? -1 : newest.tick();
    }

    private static Snapshot snapshot(final SnapshotInfo info) {
        return new Snapshot(
                Long.toString(info.commit()), info.tick(), info.commit(), info.rows(), info.bytes(), info.createdAt());
    }

    private static long commit(final String id) {
        try {
            return Long.parseLong(id);
        } catch (final NumberFormatException e) {
            final String shown = Names.abbreviate(id);
            throw new DbException(
                            ErrorCode.SNAPSHOT_NOT_FOUND,
                            "snapshot not found: snapshot=" + shown + "; list the snapshots to see which there are")
                    .with("snapshot", shown);
        }
    }
}
