package io.taktdb.persistence.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.world.RandomWorld;
import io.taktdb.persistence.world.RowText;
import io.taktdb.persistence.world.WorldContent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written comes back: every page, counter and schema, and the world goes on from there as it would have. */
class SnapshotRoundTripTest {
    private static final Path FOLDER = Path.of("/data/snapshots");
    private static final long SEED = -7;

    @Property(tries = 25)
    @Tag("ds_1:test_snapshot_single_table")
    @Tag("mi_3:test_binary_snapshot_integrity")
    @Tag("ds_2:test_schema_included_in_snapshot")
    @Tag("re_2:valid_snapshot_passes_validation")
    @Tag("sj_1:test_serialize_file_io_success")
    void shouldLoadWhatWasWritten(@ForAll final long seed) throws IOException {
        final SnapshotCatalog catalog = catalog(new SimulatedDisk().moveAtMost(70_000));
        try (RandomWorld world = new RandomWorld(seed)) {
            world.grow(4, 200);
            final SnapshotInfo info = write(catalog, world.database());
            final SnapshotReader reader = catalog.open(info.commit());
            reader.verify();
            try (Database loaded = load(reader);
                    Lease before = world.database().lease();
                    Lease after = loaded.lease()) {
                assertEquals(SEED, reader.seed());
                assertEquals(before.state().rowCount(), info.rows());
                WorldContent.assertSame(before.state(), after.state());
            }
        }
    }

    @Property(tries = 8)
    void shouldGoOnAsTheOriginalWould(@ForAll final long seed) throws IOException {
        final SnapshotCatalog catalog = catalog(new SimulatedDisk());
        try (RandomWorld world = new RandomWorld(seed)) {
            world.grow(3, 150);
            final SnapshotInfo info = write(catalog, world.database());
            try (Database loaded = load(catalog.open(info.commit()))) {
                final RandomWorld one = new RandomWorld(seed + 1, world.database());
                final RandomWorld other = new RandomWorld(seed + 1, loaded);
                for (int i = 0; i < 3; i++) {
                    one.grow(1, 100);
                    other.grow(1, 100);
                }
                assertSameRows(world.database(), loaded);
            }
        }
    }

    /** Rows, ids and counters; heap places may differ, since free numbers of blocks are not stored. */
    private static void assertSameRows(final Database expected, final Database actual) {
        assertEquals(expected.schema(), actual.schema());
        for (final Table table : expected.tables()) {
            final Table other = actual.table(table.schema().name());
            assertEquals(RowText.of(table), RowText.of(other));
            assertEquals(table.scalar(Table.NEXT_ID), other.scalar(Table.NEXT_ID));
        }
    }

    @Test
    void shouldLeaveASnapshotAsItIsWhenItIsThere() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        final SnapshotCatalog catalog = catalog(disk);
        try (RandomWorld world = new RandomWorld(1)) {
            world.grow(1, 5);
            final SnapshotInfo first = write(catalog, world.database());
            final byte[] pages = disk.bytes(catalog.pathOf(first.commit()).resolve(PageFile.NAME));
            final SnapshotInfo second = write(catalog, world.database());
            assertEquals(first, second);
            assertSame(pages, disk.bytes(catalog.pathOf(first.commit()).resolve(PageFile.NAME)));
        }
    }

    @Test
    void shouldTellProgress() throws IOException {
        final SnapshotCatalog catalog = catalog(new SimulatedDisk());
        try (RandomWorld world = new RandomWorld(1)) {
            world.grow(2, 300);
            final SnapshotProgress progress = new SnapshotProgress();
            try (Lease lease = world.database().lease()) {
                new SnapshotWriter(catalog, Clock.systemUTC(), 1).write(lease.state(), SEED, progress);
            }
            assertTrue(progress.totalBytes() > 0, () -> "total=" + progress.totalBytes());
            assertTrue(
                    progress.writtenBytes() >= progress.totalBytes(),
                    () -> "written=" + progress.writtenBytes() + ", total=" + progress.totalBytes());
        }
    }

    static SnapshotCatalog catalog(final SimulatedDisk disk) throws IOException {
        disk.createFolder(FOLDER);
        disk.forceFolder(FOLDER.getParent());
        disk.forceFolder(Path.of("/"));
        return new SnapshotCatalog(disk, FOLDER);
    }

    static SnapshotInfo write(final SnapshotCatalog catalog, final Database database) {
        try (Lease lease = database.lease()) {
            return new SnapshotWriter(catalog, Clock.systemUTC(), 3).write(lease.state(), SEED, new SnapshotProgress());
        }
    }

    static Database load(final SnapshotReader reader) {
        final Database database =
                new Database(new MemoryBudget(MemoryBudget.UNLIMITED), reader.commit(), reader.tick());
        try {
            reader.load(database);
            database.commit(reader.tick());
            return database;
        } catch (final RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }
}
