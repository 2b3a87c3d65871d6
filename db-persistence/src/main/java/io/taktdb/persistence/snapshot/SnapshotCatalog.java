package io.taktdb.persistence.snapshot;

import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.storage.StorageError;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder {@code snapshots}: which snapshots there are, and their names.
 *
 * <pre>
 *   00000000000000000042            a snapshot; the number is its commit
 *   00000000000000000043.writing    not finished, of no worth; removed at the next start
 *   00000000000000000041.deleting   being deleted; removed at the next start
 *   00000000000000000040.damaged    failed its checks at a start; kept until somebody looks
 * </pre>
 *
 * A snapshot appears and disappears by one rename, so it is whole or not there. Threading: any thread.
 */
public final class SnapshotCatalog {
    private static final int ID_DIGITS = 20;
    private static final Pattern ID = Pattern.compile("[0-9]{" + ID_DIGITS + "}");
    private static final String WRITING = ".writing";
    private static final String DELETING = ".deleting";
    private static final String DAMAGED = ".damaged";

    private final Storage storage;
    private final Path folder;

    /** @param folder the folder that holds the snapshots; it is there, durably */
    public SnapshotCatalog(final Storage storage, final Path folder) {
        this.storage = storage;
        this.folder = folder;
    }

    Storage storage() {
        return storage;
    }

    Path folder() {
        return folder;
    }

    private static String name(final long commit) {
        return String.format("%0" + ID_DIGITS + "d", commit);
    }

    /** Where the snapshot of a commit is, or would be. */
    public Path pathOf(final long commit) {
        return folder.resolve(name(commit));
    }

    Path writingPathOf(final long commit) {
        return folder.resolve(name(commit) + WRITING);
    }

    /** Commits of which there is a snapshot, newest first. */
    public List<Long> commits() {
        final List<Long> commits = new ArrayList<>();
        for (final String name : names()) {
            if (ID.matcher(name).matches()) {
                try {
                    commits.add(Long.valueOf(name));
                } catch (final NumberFormatException e) {
                    throw StorageError.damaged(folder.resolve(name), 0, "commit is beyond 2^63");
                }
            }
        }
        commits.sort(Collections.reverseOrder());
        return commits;
    }

    /** Folders of snapshots that failed their checks at an earlier start. */
    public List<Path> setAside() {
        return names().stream()
                .filter(name -> name.endsWith(DAMAGED))
                .map(folder::resolve)
                .toList();
    }

    private List<String> names() {
        try {
            return storage.list(folder);
        } catch (final IOException e) {
            throw StorageError.failed(
                    "snapshots could not be listed", folder, e, "check the folder's permissions and the disk");
        }
    }

    /** All snapshots, newest first, as their manifests describe them; one whose manifest is damaged is left out. */
    public List<SnapshotInfo> list() {
        final List<SnapshotInfo> list = new ArrayList<>();
        for (final long commit : commits()) {
            try {
                list.add(info(commit));
            } catch (final DbException e) {
                if (e.code() != ErrorCode.STORAGE_DAMAGED && e.code() != ErrorCode.SNAPSHOT_NOT_FOUND) {
                    throw e;
                }
            }
        }
        return list;
    }

    /**
     * One snapshot as its manifest describes it.
     *
     * @throws DbException SNAPSHOT_NOT_FOUND; STORAGE_DAMAGED
     */
    public SnapshotInfo info(final long commit) {
        return SnapshotInfo.of(manifest(commit));
    }

    /**
     * Opens a snapshot to check or load it.
     *
     * @throws DbException SNAPSHOT_NOT_FOUND; STORAGE_DAMAGED
     */
    public SnapshotReader open(final long commit) {
        return new SnapshotReader(storage, pathOf(commit), manifest(commit));
    }

    private Manifest manifest(final long commit) {
        if (commit < 0 || !storage.exists(pathOf(commit))) {
            throw notFound(commit);
        }
        final Path path = pathOf(commit).resolve(Manifest.NAME);
        final Manifest manifest = ManifestJson.read(SmallFile.read(storage, path), path);
        if (manifest.commit() != commit) {
            throw StorageError.damaged(
                    path, 0, "commit " + manifest.commit() + " is not that of the folder, " + commit);
        }
        return manifest;
    }

    private static DbException notFound(final long commit) {
        return new DbException(
                        ErrorCode.SNAPSHOT_NOT_FOUND,
                        "snapshot not found: snapshot=" + commit + "; list the snapshots to see which there are")
                .with("snapshot", commit);
    }

    /**
     * Deletes a snapshot.
     *
     * @throws DbException SNAPSHOT_NOT_FOUND; CONFLICT it is the newest, which a restart needs
     */
    public synchronized void delete(final long commit) {
        final List<Long> commits = commits();
        if (!commits.contains(commit)) {
            throw notFound(commit);
        }
        if (commits.get(0) == commit) {
            throw new DbException(
                            ErrorCode.CONFLICT,
                            "the newest snapshot cannot be deleted: snapshot=" + commit
                                    + "; a restart loads it, take another one first")
                    .with("snapshot", commit);
        }
        remove(commit);
    }

    /**
     * Deletes the oldest snapshots until {@code keep} are left. If those have a page file in common, one that damages
     * them all, the newest that has none in common with the newest stays, too.
     */
    synchronized void prune(final int keep) {
        final List<Long> commits = commits();
        boolean needsOther = keep > 1 && commits.size() > keep;
        final Set<Long> newest = needsOther ? pageFiles(commits.get(0)) : Set.of();
        for (int i = 1; i < commits.size(); i++) {
            final boolean isOther = needsOther && Collections.disjoint(newest, pageFiles(commits.get(i)));
            if (i >= keep && !isOther) {
                remove(commits.get(i));
            }
            needsOther &= !isOther;
        }
    }

    /** Page files of a snapshot; those of the newest when it cannot be read, so that nobody counts on it. */
    private Set<Long> pageFiles(final long commit) {
        try {
            return manifest(commit).pageFiles();
        } catch (final DbException e) {
            return manifest(commits().get(0)).pageFiles();
        }
    }

    private void remove(final long commit) {
        final Path gone = folder.resolve(name(commit) + DELETING);
        try {
            storage.deleteFolder(gone);
            storage.rename(pathOf(commit), gone);
            storage.forceFolder(folder);
            storage.deleteFolder(gone);
        } catch (final IOException e) {
            throw StorageError.failed(
                    "snapshot could not be deleted", pathOf(commit), e, "what is left is removed at the next start");
        }
    }

    /** Gives a snapshot that failed its checks another name, so that its number is free. */
    public synchronized void setAside(final long commit) {
        Path aside = folder.resolve(name(commit) + DAMAGED);
        for (int i = 2; storage.exists(aside); i++) {
            aside = folder.resolve(name(commit) + "." + i + DAMAGED);
        }
        try {
            storage.rename(pathOf(commit), aside);
            storage.forceFolder(folder);
        } catch (final IOException e) {
            throw StorageError.failed(
                    "damaged snapshot could not be set aside", pathOf(commit), e, "rename or delete the folder");
        }
    }

    /**
     * Removes what an interrupted writing or deleting left.
     *
     * @return the names that were removed
     */
    public synchronized List<String> removeLeftovers() {
        final List<String> removed = new ArrayList<>();
        for (final String name : names()) {
            if (name.endsWith(WRITING) || name.endsWith(DELETING)) {
                try {
                    storage.deleteFolder(folder.resolve(name));
                } catch (final IOException e) {
                    throw StorageError.failed(
                            "leftover folder could not be removed", folder.resolve(name), e, "delete it by hand");
                }
                removed.add(name);
            }
        }
        return removed;
    }
}
