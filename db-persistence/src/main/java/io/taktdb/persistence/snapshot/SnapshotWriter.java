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
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes snapshots of leased states.
 *
 * <pre>
 *   make NNN.writing ─► pages.bin, force ─► schema.json, force ─► manifest.json, force ─► force NNN.writing
 *     ─► rename to NNN ─► force snapshots ─► delete the oldest
 * </pre>
 *
 * Up to the rename there is no snapshot, from then on a whole one; what fails leaves the others untouched. Memory: one
 * buffer and one page. Threading: one thread at a time, the lease's; the loop goes on meanwhile.
 */
public final class SnapshotWriter {
    /** The schema's file in the snapshot's folder: its stored form, see {@link SchemaJson}. */
    static final String SCHEMA = "schema.json";

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);

    private static final String ADVICE = "the snapshots before are untouched; check the disk's space and health";

    private final SnapshotCatalog catalog;
    private final Storage storage;
    private final Clock clock;
    private final int keep;
    private final Supplier<KeyWindow> keys;

    /** @param keep how many snapshots stay, the new one included */
    public SnapshotWriter(final SnapshotCatalog catalog, final Clock clock, final int keep) {
        this(catalog, clock, keep, () -> null);
    }

    /** @param keys gives the commands with keys that are stored along, or null */
    public SnapshotWriter(
            final SnapshotCatalog catalog, final Clock clock, final int keep, final Supplier<KeyWindow> keys) {
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
            return catalog.info(state.commit());
        } catch (final IOException e) {
            final DbException failed = StorageError.failed("snapshot could not be written", steps.at, e, ADVICE);
            removeQuietly(folder, failed);
            throw failed;
        } catch (final RuntimeException | Error e) {
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

        Steps(final Path folder) {
            this.folder = folder;
            this.at = folder;
        }

        void run(final State state, final long seed, final SnapshotProgress progress) throws IOException {
            progress.totalBytes(bytesOf(state));
            storage.deleteFolder(folder);
            storage.createFolder(folder);
            pages(state, progress);
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
        }

        private void pages(final State state, final SnapshotProgress progress) throws IOException {
            at = folder.resolve(PageFile.NAME);
            try (StorageFile file = storage.create(at);
                    PageFileWriter writer = new PageFileWriter(file, progress::writtenBytes)) {
                writer.header(state.commit(), state.tick());
                for (final TableState table : state.tables()) {
                    table(writer, table);
                }
                writer.end();
                file.force();
                files.add(new Manifest.FileEntry(PageFile.NAME, writer.position(), writer.crc()));
            }
        }

        private void table(final PageFileWriter writer, final TableState table) throws IOException {
            final List<PageSet> sets = PageSet.of(table);
            writer.table(table.schema().id(), sets.size());
            for (int i = 0; i < sets.size(); i++) {
                writer.set(i, sets.get(i));
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

        private static long bytesOf(final State state) {
            long sum = 0;
            for (final TableState table : state.tables()) {
                for (final PageSet set : PageSet.of(table)) {
                    for (int page = 0; page < set.count(); page++) {
                        sum += Math.max(0, set.bytes(page));
                    }
                }
            }
            return sum;
        }
    }
}
