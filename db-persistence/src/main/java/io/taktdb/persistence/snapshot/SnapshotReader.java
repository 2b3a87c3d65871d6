package io.taktdb.persistence.snapshot;

import io.taktdb.core.table.PageSet;
import io.taktdb.core.table.Table;
import io.taktdb.core.table.TableImage;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.storage.StorageError;
import io.taktdb.persistence.storage.StorageFile;
import io.taktdb.runtime.command.DoneCommand;
import io.taktdb.types.error.DbException;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One snapshot, to be checked and loaded.
 *
 * <p>{@link #verify()} reads every byte and checks all that can be checked without loading; {@link #load} checks again
 * what it uses. Threading: one thread.
 */
public final class SnapshotReader {
    private final Storage storage;
    private final Path folder;
    private final Manifest manifest;
    private Schema schema;

    SnapshotReader(final Storage storage, final Path folder, final Manifest manifest) {
        this.storage = storage;
        this.folder = folder;
        this.manifest = manifest;
    }

    public long commit() {
        return manifest.commit();
    }

    public long tick() {
        return manifest.tick();
    }

    /** The world's seed of random numbers. */
    public long seed() {
        return manifest.seed();
    }

    /** What the manifest says. */
    public SnapshotInfo info() {
        return SnapshotInfo.of(manifest);
    }

    /**
     * The schema of the state.
     *
     * @throws DbException STORAGE_DAMAGED
     */
    public Schema schema() {
        if (schema == null) {
            schema = readSchema();
        }
        return schema;
    }

    private Schema readSchema() {
        final Path path = folder.resolve(SnapshotWriter.SCHEMA);
        final byte[] bytes = small(path);
        final Schema read;
        try {
            read = SchemaJson.fromStored(bytes);
        } catch (final DbException e) {
            throw StorageError.damaged(path, 0, "schema is not what its format says, " + e.getMessage());
        }
        requireSameTables(path, read);
        return read;
    }

    private byte[] small(final Path path) {
        final Manifest.FileEntry entry = entry(path);
        final byte[] bytes = SmallFile.read(storage, path);
        requireSize(path, entry, bytes.length);
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length);
        if ((int) crc.getValue() != entry.crc()) {
            throw StorageError.damaged(path, 0, "checksum of the file is wrong");
        }
        return bytes;
    }

    /**
     * The commands with keys that were done up to the state, oldest first.
     *
     * @throws DbException STORAGE_DAMAGED
     */
    public List<DoneCommand> keys() {
        final Path path = folder.resolve(KeysFile.NAME);
        return manifest.file(KeysFile.NAME) == null ? List.of() : KeysFile.read(small(path), path);
    }

    private void requireSameTables(final Path path, final Schema read) {
        final List<TableSchema> tables = new ArrayList<>(read.tables().values());
        boolean same = tables.size() == manifest.tables().size();
        for (int i = 0; same && i < tables.size(); i++) {
            final Manifest.TableEntry entry = manifest.tables().get(i);
            same = entry.id() == tables.get(i).id()
                    && entry.name().equals(tables.get(i).name());
        }
        if (!same) {
            throw StorageError.damaged(path, 0, "tables are not those of the manifest");
        }
    }

    /**
     * Reads all files and checks them against the manifest and in themselves.
     *
     * @throws DbException STORAGE_DAMAGED naming file and offset; STORAGE_FAILED a file cannot be read
     */
    public void verify() {
        schema();
        keys();
        for (final Manifest.FileEntry file : manifest.files()) {
            if (file.pagesOf() >= 0) {
                verifyKept(file);
            }
        }
        readPages(pages -> {
            for (final Manifest.TableEntry table : manifest.tables()) {
                final int sets = pages.table(table.id());
                for (int set = 0; set < sets; set++) {
                    pages.set(set);
                    while (pages.nextNumber() < pages.count()) {
                        if (pages.nextPage() == PageFile.PAGE) {
                            pages.skipBody();
                        }
                    }
                }
            }
        });
    }

    /** A page file of another snapshot: all of it, whatever this snapshot uses. */
    private void verifyKept(final Manifest.FileEntry entry) {
        final Path path = folder.resolve(entry.name());
        try (StorageFile file = storage.open(path)) {
            requireSize(path, entry, file.size());
            try (PageFileReader reader = new PageFileReader(file, path)) {
                reader.header(entry.pagesOf(), PageFileReader.ANY_TICK);
                while (!reader.isAtEnd()) {
                    reader.next();
                    reader.skipBody();
                }
                if (reader.fileCrc() != entry.crc()) {
                    throw StorageError.damaged(path, 0, "checksum of the file is not that of the manifest");
                }
            }
        } catch (final NoSuchFileException e) {
            throw StorageError.damaged(path, 0, "file is missing");
        } catch (final IOException e) {
            throw StorageError.failed("file could not be read", path, e, "check the disk and the file's permissions");
        }
    }

    /**
     * Fills an empty database. It is the caller's to commit; after an error, to close.
     *
     * @throws DbException STORAGE_DAMAGED naming file and offset; STORAGE_FAILED a file cannot be read; OUT_OF_MEMORY
     */
    public void load(final Database database) {
        database.load(schema());
        readPages(pages -> {
            for (final Manifest.TableEntry entry : manifest.tables()) {
                final Table table = database.table(entry.name());
                final int sets = pages.table(entry.id());
                final List<PageSet> wanted = PageSet.of(table);
                if (sets != wanted.size()) {
                    throw pages.damaged("table has " + sets + " page sets, not " + wanted.size());
                }
                final PageSetSource source = new PageSetSource(pages, wanted);
                table.load(new TableImage(entry.rowsPerChunk(), scalars(entry, pages), source));
                database.settle();
            }
        });
        requireSameHash(database);
    }

    private void requireSameHash(final Database database) {
        final String loaded = StateHashText.of(List.copyOf(database.tables()));
        if (manifest.stateHash() != null && !manifest.stateHash().equals(loaded)) {
            throw StorageError.damaged(
                    folder.resolve(Manifest.NAME),
                    0,
                    "hash of the loaded state is " + loaded + ", not " + manifest.stateHash());
        }
    }

    private static long[] scalars(final Manifest.TableEntry entry, final StoredPages pages) {
        final long[] scalars = new long[entry.scalars().size()];
        for (int i = 0; i < scalars.length; i++) {
            scalars[i] = entry.scalars().get(i);
        }
        if (entry.rowsPerChunk() < 1 || Integer.bitCount(entry.rowsPerChunk()) != 1) {
            throw pages.damaged("rows per chunk of table " + entry.name() + " are no power of two");
        }
        return scalars;
    }

    /** What is done with the tables between the file's header and its end. */
    private interface Reading {
        void tables(StoredPages pages) throws IOException;
    }

    private void readPages(final Reading reading) {
        final Path path = folder.resolve(PageFile.NAME);
        final Manifest.FileEntry entry = entry(path);
        try (StorageFile file = storage.open(path)) {
            requireSize(path, entry, file.size());
            try (PageFileReader reader = new PageFileReader(file, path);
                    KeptPages kept = new KeptPages(storage, folder)) {
                reader.header(manifest.commit(), manifest.tick());
                final StoredPages pages = new StoredPages(reader, kept);
                reading.tables(pages);
                pages.end();
                if (reader.fileCrc() != entry.crc()) {
                    throw StorageError.damaged(path, 0, "checksum of the file is not that of the manifest");
                }
            }
        } catch (final NoSuchFileException e) {
            throw StorageError.damaged(path, 0, "file is missing");
        } catch (final IOException e) {
            throw StorageError.failed("file could not be read", path, e, "check the disk and the file's permissions");
        }
    }

    private Manifest.FileEntry entry(final Path path) {
        final String name = path.getFileName().toString();
        final Manifest.FileEntry entry = manifest.file(name);
        if (entry == null) {
            throw StorageError.damaged(folder.resolve(Manifest.NAME), 0, "manifest does not list " + name);
        }
        return entry;
    }

    private static void requireSize(final Path path, final Manifest.FileEntry entry, final long bytes) {
        if (bytes != entry.bytes()) {
            throw StorageError.damaged(
                    path,
                    Math.min(bytes, entry.bytes()),
                    "file has " + bytes + " bytes, not " + entry.bytes() + " as the manifest says");
        }
    }
}
