package io.taktdb.persistence.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.state.Lease;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.world.RandomWorld;
import io.taktdb.persistence.world.WorldContent;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fault at any call of the writing leaves the snapshot before it, or the new one, whole. */
class SnapshotCrashTest {
    private static final Path FOLDER = Path.of("/data/snapshots");
    private static final long SEED = 5;
    private static final int KEEP = 2;

    @ParameterizedTest
    @EnumSource(SimulatedDisk.Unforced.class)
    @Tag("ao_1:test_power_failure_simulation")
    @Tag("ds_1:test_snapshot_disk_full")
    void shouldKeepAWholeSnapshotWhenTheMachineStopsAtAnyCall(final SimulatedDisk.Unforced unforced)
            throws IOException {
        final Random random = new Random(unforced.ordinal());
        int call = 1;
        boolean finished = false;
        while (!finished) {
            try (RandomWorld world = new RandomWorld(SEED)) {
                final SimulatedDisk disk = new SimulatedDisk().moveAtMost(50_000);
                final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(disk);
                for (int i = 0; i < KEEP; i++) {
                    world.grow(1, 20);
                    write(catalog, world.database());
                }
                final Lease before = world.database().lease();
                world.grow(1, 20);
                disk.failFrom(call);
                finished = survives(catalog, world.database());
                assertWholeAfterCrash(disk.crash(unforced, random), before, world.database(), finished);
                before.close();
            }
            call++;
        }
        final int calls = call;
        assertTrue(calls > 20, () -> "calls=" + calls);
    }

    private static boolean survives(final SnapshotCatalog catalog, final Database database) {
        try {
            write(catalog, database);
            return true;
        } catch (final DbException e) {
            assertEquals(ErrorCode.STORAGE_FAILED, e.code(), e::getMessage);
            return false;
        }
    }

    /** The newest snapshot that the disk shows is valid and holds one of the two states. */
    private static void assertWholeAfterCrash(
            final SimulatedDisk disk, final Lease before, final Database database, final boolean finished) {
        final SnapshotCatalog catalog = new SnapshotCatalog(disk, FOLDER);
        catalog.removeLeftovers();
        final long newest = catalog.commits().get(0);
        final SnapshotReader reader = catalog.open(newest);
        reader.verify();
        try (Lease after = database.lease();
                Database loaded = SnapshotRoundTripTest.load(reader);
                Lease now = loaded.lease()) {
            final boolean isNew = newest == after.state().commit();
            assertTrue(isNew || newest == before.state().commit(), () -> "newest=" + newest);
            assertTrue(isNew || !finished, "a snapshot that was reported as written is there");
            WorldContent.assertSame(isNew ? after.state() : before.state(), now.state());
        }
        for (final long commit : catalog.commits()) {
            catalog.open(commit).verify();
        }
    }

    @Test
    @Tag("ds_2:test_snapshot_failure_handling")
    @Tag("sj_1:test_serialize_file_io_error_handling")
    void shouldTryAgainAfterAFaultThatPasses() throws IOException {
        try (RandomWorld world = new RandomWorld(SEED)) {
            world.grow(2, 50);
            int call = 1;
            boolean failed = true;
            while (failed) {
                final SimulatedDisk disk = new SimulatedDisk();
                final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(disk);
                disk.failOnce(call++);
                failed = !survives(catalog, world.database());
                disk.failFrom(Integer.MAX_VALUE);
                assertEquals(0, leftovers(disk), "call " + (call - 1));
                write(catalog, world.database());
                catalog.open(catalog.commits().get(0)).verify();
            }
        }
    }

    private static int leftovers(final SimulatedDisk disk) throws IOException {
        return (int) disk.list(FOLDER).stream()
                .filter(name -> name.endsWith(".writing"))
                .count();
    }

    @Test
    void shouldKeepTheNewestOnly() throws IOException {
        final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(new SimulatedDisk());
        try (RandomWorld world = new RandomWorld(SEED)) {
            for (int i = 0; i < 5; i++) {
                world.grow(1, 3);
                write(catalog, world.database());
            }
            assertEquals(java.util.List.of(5L, 4L), catalog.commits());
            assertEquals(2, catalog.list().size());
        }
    }

    @Test
    void shouldRefuseToDeleteTheNewest() throws IOException {
        final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(new SimulatedDisk());
        try (RandomWorld world = new RandomWorld(SEED)) {
            world.commit();
            write(catalog, world.database());
            world.commit();
            write(catalog, world.database());
            catalog.delete(1);
            assertEquals(
                    ErrorCode.CONFLICT,
                    assertThrows(DbException.class, () -> catalog.delete(2)).code());
            assertEquals(
                    ErrorCode.SNAPSHOT_NOT_FOUND,
                    assertThrows(DbException.class, () -> catalog.delete(1)).code());
            assertEquals(java.util.List.of(2L), catalog.commits());
        }
    }

    private static SnapshotInfo write(final SnapshotCatalog catalog, final Database database) {
        try (Lease lease = database.lease()) {
            return new SnapshotWriter(catalog, Clock.systemUTC(), KEEP)
                    .write(lease.state(), SEED, new SnapshotProgress());
        }
    }
}
