package io.taktdb.persistence.snapshot;

import io.taktdb.core.state.State;
import io.taktdb.core.table.PageSet;
import io.taktdb.core.table.TableImage;
import io.taktdb.core.table.TableState;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.storage.StorageError;
import io.taktdb.persistence.storage.StorageFile;
import io.taktdb.runtime.command.DoneCommand;
import io.taktdb.runtime.command.KeyWindow;
import io.taktdb.types.error.DbException;
import io.taktdb.types.json.SchemaJson;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots of leased states.
 *
 * <pre>
 *   make NNN.writing ─► link page files of before ─► pages.bin, force ─► schema.json, force ─► manifest.json, force ─►
 *     force NNN.writing ─► rename to NNN ─► force snapshots ─► delete the oldest
 * </pre>
 *
 * Up to the rename there is no snapshot, from then on a whole one; what fails leaves the others untouched. Only pages
 * that changed since the snapshot before are written; of the others, the page files of before are linked, so that each
 * snapshot is whole in itself and can be deleted by itself. After a start, a failure, or so many such snapshots in a
 * row, a full one is written. Memory: one buffer, one page, and 36 bytes per page. Threading: one thread at a time, the
 * lease's; the loop goes on meanwhile.
 */
public final class SnapshotWriter {
    /** Every so many-th snapshot has all pages. */
    public static final int DEFAULT_FULL_EVERY = 8;

    /** The schema's file in the snapshot's folder: its stored form, see {@link SchemaJson}. */
    static final String SCHEMA = "schema.json";

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);

    private static final String ADVICE = "the snapshots before are untouched; check the disk's space and health";

    private final SnapshotCatalog catalog;
    private final Storage storage;
    private final Clock clock;
    private final int keep;
    private final Supplier<KeyWindow> keys;
    private final int fullEvery;
    private final PagePrint print = new PagePrint();
    private StoredWorld newest;
    private boolean hasNoLinks;

    /** @param keep how many snapshots stay, the new one included */
    public SnapshotWriter(final SnapshotCatalog catalog, final Clock clock, final int keep) {
        this(catalog, clock, keep, DEFAULT_FULL_EVERY, () -> null);
    }

    /**
     * @param fullEvery every so many-th snapshot has all pages, 1 for each
     * @param keys gives the commands with keys that are stored along, or null
     */
    public SnapshotWriter(
            final SnapshotCatalog catalog,
            final Clock clock,
            final int keep,
            final int fullEvery,
            final Supplier<KeyWindow> keys) {
        this.fullEvery = fullEvery;
        this.keys = keys;
        if (keep < 1) {
            throw new IllegalArgumentException("at least one snapshot must stay: keep=" + keep);
        }
        this.catalog = catalog;
        this.storage = catalog.storage();
        this.clock = clock;
        this.keep = keep;
    }

    /**
     * Writes the snapshot of a state; one that is there already is left as it is.
     *
     * @param state under a lease that stays open until this returns
     * @throws DbException STORAGE_FAILED
     */
    public SnapshotInfo write(final State state, final long seed, final SnapshotProgress progress) {
        final Path done = catalog.pathOf(state.commit());
        final Path folder = catalog.writingPathOf(state.commit());
        final Steps steps = new Steps(folder);
        try {
            if (!storage.exists(done)) {
                steps.run(state, seed, progress);
                storage.rename(folder, done);
            }
            steps.at = done;
            storage.forceFolder(catalog.folder());
            prune();
            newest = steps.stored == null ? newest : steps.stored;
            return catalog.info(state.commit());
        } catch (final IOException e) {
            newest = null;
            final DbException failed = StorageError.failed("snapshot could not be written", steps.at, e, ADVICE);
            removeQuietly(folder, failed);
            throw failed;
        } catch (final RuntimeException | Error e) {
            newest = null;
            removeQuietly(folder, e);
            throw e;
        }
    }

    /** Too many snapshots are no reason to call the new one a failure. */
    private void prune() {
        try {
            catalog.prune(keep);
        } catch (final DbException e) {
            LOG.warn("old snapshots stay for now", e);
        }
    }

    private void removeQuietly(final Path folder, final Throwable cause) {
        try {
            storage.deleteFolder(folder);
        } catch (final IOException | RuntimeException e) {
            cause.addSuppressed(e); // removed at the next start
        }
    }

    /** The writing of one snapshot, up to the rename. */
    private final class Steps {
        private final Path folder;
        private final List<Manifest.TableEntry> tables = new ArrayList<>();
        private final List<Manifest.FileEntry> files = new ArrayList<>();
        private Path at;
        private StoredWorld stored;

        Steps(final Path folder) {
            this.folder = folder;
            this.at = folder;
        }

        void run(final State state, final long seed, final SnapshotProgress progress) throws IOException {
            storage.deleteFolder(folder);
            storage.createFolder(folder);
            final boolean isFull = hasNoLinks || newest == null || newest.generation() + 1 >= fullEvery;
            SnapshotPlan plan = plan(state, isFull ? null : newest);
            if (!link(plan)) {
                storage.deleteFolder(folder);
                storage.createFolder(folder);
                plan = plan(state, null);
            }
            progress.totalBytes(plan.bytes());
            pages(state, plan, progress);
            schema(state);
            keys(state);
            final Manifest manifest = new Manifest(
                    state.commit(),
                    state.tick(),
                    seed,
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    StateHashText.of(state.tables()),
                    tables,
                    files);
            at = folder.resolve(Manifest.NAME);
            SmallFile.write(storage, at, ManifestJson.write(manifest));
            at = folder;
            storage.forceFolder(folder);
            stored = plan.after();
        }

        private SnapshotPlan plan(final State state, final StoredWorld before) {
            final SnapshotPlan plan = new SnapshotPlan(print, before, state.commit());
            plan.make(state);
            return plan;
        }

        /** Links the files that are kept; false when that cannot be done. */
        private boolean link(final SnapshotPlan plan) {
            for (final Map.Entry<Long, Manifest.FileEntry> kept :
                    plan.after().files().entrySet()) {
                final boolean isOwn = kept.getKey() == newest.commit();
                final String name = PageFile.keptName(kept.getKey());
                final Path there = catalog.pathOf(newest.commit()).resolve(isOwn ? PageFile.NAME : name);
                try {
                    storage.link(there, folder.resolve(name));
                } catch (final IOException e) {
                    LOG.warn("page files cannot be linked, so all snapshots are full from now on: file={}", there, e);
                    hasNoLinks = true;
                    files.clear();
                    return false;
                }
                files.add(new Manifest.FileEntry(
                        name, kept.getValue().bytes(), kept.getValue().crc()));
            }
            return true;
        }

        private void pages(final State state, final SnapshotPlan plan, final SnapshotProgress progress)
                throws IOException {
            at = folder.resolve(PageFile.NAME);
            try (StorageFile file = storage.create(at);
                    PageFileWriter writer = new PageFileWriter(file, progress::writtenBytes)) {
                writer.header(state.commit(), state.tick());
                for (final TableState table : state.tables()) {
                    table(writer, table, plan);
                }
                writer.end();
                file.force();
                final Manifest.FileEntry own = new Manifest.FileEntry(PageFile.NAME, writer.position(), writer.crc());
                files.add(own);
                plan.after().files().put(state.commit(), own);
            }
        }

        private void table(final PageFileWriter writer, final TableState table, final SnapshotPlan plan)
                throws IOException {
            final List<PageSet> sets = PageSet.of(table);
            writer.table(table.schema().id(), sets.size());
            for (int i = 0; i < sets.size(); i++) {
                final PageSet set = sets.get(i);
                writer.set(i, set, plan, plan.after().get(table.schema().id(), set.name()));
            }
            tables.add(new Manifest.TableEntry(
                    table.schema().id(),
                    table.schema().name(),
                    table.rowCount(),
                    table.layout().rowsPerChunk(),
                    Arrays.stream(TableImage.scalarsOf(table)).boxed().toList()));
        }

        private void schema(final State state) throws IOException {
            at = folder.resolve(SCHEMA);
            small(SchemaJson.toStored(state.schema()));
        }

        private void keys(final State state) throws IOException {
            final KeyWindow window = keys.get();
            final List<DoneCommand> done = window == null ? List.of() : window.upTo(state.commit());
            if (!done.isEmpty()) {
                at = folder.resolve(KeysFile.NAME);
                small(KeysFile.write(done));
            }
        }

        private void small(final byte[] bytes) throws IOException {
            SmallFile.write(storage, at, bytes);
            final CRC32C crc = new CRC32C();
            crc.update(bytes, 0, bytes.length);
            files.add(new Manifest.FileEntry(at.getFileName().toString(), bytes.length, (int) crc.getValue()));
        }
    }
}
