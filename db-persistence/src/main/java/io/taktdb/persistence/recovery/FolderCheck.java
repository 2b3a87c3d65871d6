package io.taktdb.persistence.recovery;

import io.taktdb.persistence.journal.JournalCheck;
import io.taktdb.persistence.journal.JournalPlan;
import io.taktdb.persistence.journal.JournalPlanner;
import io.taktdb.persistence.journal.SegmentCatalog;
import io.taktdb.persistence.snapshot.SnapshotCatalog;
import io.taktdb.persistence.snapshot.SnapshotReader;
import io.taktdb.persistence.storage.AlreadyLockedException;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads every byte of a data folder and says what a start would find, without starting and without changing anything.
 *
 * <p>What only a replay shows, such as code that is not deterministic, it cannot find. Threading: one thread.
 */
public final class FolderCheck {
    private final Storage storage;
    private final Path folder;
    private final List<String> lines = new ArrayList<>();
    private boolean isSound = true;
    private long newestValid;

    private FolderCheck(final Storage storage, final Path folder) {
        this.storage = storage;
        this.folder = folder;
    }

    /**
     * What was found.
     *
     * @param lines one for each snapshot and segment, and what a start would do
     * @param isSound whether nothing is damaged
     */
    public record Report(List<String> lines, boolean isSound) {
        public Report {
            lines = List.copyOf(lines);
        }
    }

    /**
     * Checks a folder.
     *
     * @throws DbException UNAVAILABLE a server uses it; STORAGE_FAILED there is none, or a file cannot be read
     */
    public static Report run(final Storage storage, final Path folder) {
        if (!storage.exists(folder)) {
            throw new DbException(
                    ErrorCode.STORAGE_FAILED, "there is no such folder: folder=" + folder + "; give a data folder");
        }
        final AutoCloseable lock = lock(storage, folder);
        try {
            return new FolderCheck(storage, folder).all();
        } finally {
            DataFolder.release(lock, folder);
        }
    }

    private static AutoCloseable lock(final Storage storage, final Path folder) {
        try {
            return storage.lock(
                    folder.resolve("LOCK"), "pid=" + ProcessHandle.current().pid());
        } catch (final AlreadyLockedException e) {
            throw new DbException(
                    ErrorCode.UNAVAILABLE,
                    "data folder is in use: folder=" + folder + ", owner=" + e.owner()
                            + "; stop that server, or check a copy of the folder",
                    e);
        } catch (final IOException e) {
            return () -> {}; // a folder that cannot be written can still be read
        }
    }

    private Report all() {
        final SnapshotCatalog snapshots = new SnapshotCatalog(storage, folder.resolve("snapshots"));
        for (final long commit : snapshots.commits()) {
            snapshot(snapshots, commit);
        }
        snapshots.setAside().forEach(path -> lines.add("set aside earlier: " + path));
        final SegmentCatalog journal = new SegmentCatalog(storage, folder.resolve("journal"));
        for (final JournalCheck.Line line : JournalCheck.lines(journal)) {
            lines.add(line.text());
            isSound &= line.isSound();
        }
        start(journal);
        return new Report(lines, isSound);
    }

    private void snapshot(final SnapshotCatalog snapshots, final long commit) {
        try {
            final SnapshotReader reader = snapshots.open(commit);
            reader.verify();
            newestValid = Math.max(newestValid, commit);
            lines.add("snapshot " + commit + ": tick=" + reader.tick() + ", rows="
                    + reader.info().rows() + ", bytes=" + reader.info().bytes() + ", stateHash="
                    + reader.info().stateHash());
        } catch (final DbException e) {
            if (e.code() != ErrorCode.STORAGE_DAMAGED) {
                throw e;
            }
            isSound = false;
            lines.add("snapshot " + commit + ": damaged: " + e.getMessage());
        }
    }

    private void start(final SegmentCatalog journal) {
        try {
            final JournalPlan plan = JournalPlanner.plan(journal, newestValid, false);
            lines.addAll(plan.warnings());
            lines.add("a start would load snapshot " + newestValid + " and replay to commit " + plan.lastCommit());
        } catch (final DbException e) {
            if (e.code() != ErrorCode.STORAGE_DAMAGED) {
                throw e;
            }
            isSound = false;
            lines.add("a start would be refused: " + e.getMessage());
        }
    }
}
