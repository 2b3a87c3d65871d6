package io.taktdb.persistence.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.state.Lease;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.disk.SimulatedDisk.Unforced;
import io.taktdb.persistence.world.RandomWorld;
import io.taktdb.persistence.world.WorldContent;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Snapshots that hold only what changed, and lean on the page files of those before. */
class SnapshotIncrementTest {
    private static final Path FOLDER = Path.of("/data/snapshots");
    private static final long SEED = 7;

    private static SnapshotWriter writer(final SnapshotCatalog catalog, final int keep, final int fullEvery) {
        return new SnapshotWriter(catalog, Clock.systemUTC(), keep, fullEvery, () -> null);
    }

    private static long write(final SnapshotWriter writer, final Database database) {
        final SnapshotProgress progress = new SnapshotProgress();
        try (Lease lease = database.lease()) {
            writer.write(lease.state(), SEED, progress);
        }
        return progress.totalBytes();
    }

    private static void assertSame(final SnapshotCatalog catalog, final long commit, final Lease expected) {
        final SnapshotReader reader = catalog.open(commit);
        reader.verify();
        try (Database loaded = SnapshotRoundTripTest.load(reader);
                Lease now = loaded.lease()) {
            WorldContent.assertSame(expected.state(), now.state());
        }
    }

    private static List<String> pageFiles(final SimulatedDisk disk, final SnapshotCatalog catalog, final long commit)
            throws IOException {
        return disk.list(catalog.pathOf(commit)).stream()
                .filter(name -> name.startsWith("pages"))
                .toList();
    }

    @Test
    void shouldWriteOnlyWhatChangedAndReadTheWhole() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(disk);
        final List<Lease> states = new ArrayList<>();
        try (RandomWorld world = new RandomWorld(SEED)) {
            final SnapshotWriter writer = writer(catalog, 20, 100);
            world.grow(4, 300);
            final long full = write(writer, world.database());
            states.add(world.database().lease());
            world.commit();
            assertEquals(0, write(writer, world.database()), "nothing changed");
            states.add(world.database().lease());
            for (int i = 0; i < 10; i++) {
                world.grow(1, 1);
                final long bytes = write(writer, world.database());
                assertTrue(bytes < full, "bytes=" + bytes + ", full=" + full);
                states.add(world.database().lease());
                final int files = pageFiles(
                                disk,
                                catalog,
                                states.get(states.size() - 1).state().commit())
                        .size();
                assertTrue(files <= SnapshotPlan.MAX_FILES, "files=" + files);
            }
            for (final Lease state : states) {
                assertSame(catalog, state.state().commit(), state);
            }
            for (int i = 0; i + 1 < states.size(); i++) { // each is whole in itself
                catalog.delete(states.get(i).state().commit());
                assertSame(catalog, states.get(i + 1).state().commit(), states.get(i + 1));
            }
            states.forEach(Lease::close);
        }
    }

    @Test
    void shouldWriteAllPagesEverySoOftenAndKeepOneThatSharesNone() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(disk);
        try (RandomWorld world = new RandomWorld(SEED)) {
            final SnapshotWriter writer = writer(catalog, 2, 4);
            world.grow(2, 100);
            final List<Integer> files = new ArrayList<>();
            for (int i = 1; i <= 10; i++) {
                world.commit();
                write(writer, world.database());
                files.add(pageFiles(disk, catalog, catalog.commits().get(0)).size());
            }
            assertEquals(List.of(1, 2, 2, 2, 1, 2, 2, 2, 1, 2), files);
            final long newest = catalog.commits().get(0);
            assertEquals(List.of(newest, newest - 1, newest - 2), catalog.commits(), "the third shares no file");
            world.commit();
            write(writer, world.database());
            assertEquals(List.of(newest + 1, newest, newest - 2), catalog.commits());
        }
    }

    @Test
    void shouldStartAnewAfterAFailureAndWithoutLinks() throws IOException {
        try (RandomWorld world = new RandomWorld(SEED)) {
            world.grow(2, 50);
            int call = 1;
            boolean failed = true;
            int withoutLinks = 0;
            while (failed) {
                final SimulatedDisk disk = new SimulatedDisk();
                final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(disk);
                final SnapshotWriter writer = writer(catalog, 3, 100);
                write(writer, world.database());
                world.commit();
                disk.failOnce(call++);
                try {
                    write(writer, world.database());
                    failed = disk.calls() >= call - 1;
                    withoutLinks +=
                            pageFiles(disk, catalog, catalog.commits().get(0)).size() == 1 ? 1 : 0;
                } catch (final DbException e) {
                    assertEquals(ErrorCode.STORAGE_FAILED, e.code());
                }
                disk.heal();
                world.grow(1, 1);
                write(writer, world.database());
                try (Lease now = world.database().lease()) {
                    assertSame(catalog, now.state().commit(), now);
                }
            }
            assertTrue(call > 10, "calls=" + call);
            assertEquals(1, withoutLinks, "the call that makes the link");
        }
    }

    @Test
    void shouldLoseNothingInACrashAtAnyCall() throws IOException {
        for (final Unforced unforced : Unforced.values()) {
            final Random random = new Random(1);
            boolean finished = false;
            for (int call = 1; !finished; call++) {
                try (RandomWorld world = new RandomWorld(SEED)) {
                    final SimulatedDisk disk = new SimulatedDisk();
                    final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(disk);
                    final SnapshotWriter writer = writer(catalog, 2, 100);
                    for (int i = 0; i < 2; i++) {
                        world.grow(1, 5);
                        write(writer, world.database());
                    }
                    try (Lease before = world.database().lease()) {
                        world.grow(1, 5);
                        disk.failFrom(call);
                        try {
                            write(writer, world.database());
                            finished = disk.calls() < call;
                        } catch (final DbException e) {
                            assertEquals(ErrorCode.STORAGE_FAILED, e.code());
                        }
                        final SnapshotCatalog after = new SnapshotCatalog(disk.crash(unforced, random), FOLDER);
                        after.removeLeftovers();
                        try (Lease now = world.database().lease()) {
                            final long newest = after.commits().get(0);
                            assertSame(after, newest, newest == now.state().commit() ? now : before);
                        }
                        for (final long commit : after.commits()) {
                            after.open(commit).verify();
                        }
                    }
                }
            }
        }
    }

    @Test
    void shouldDetectDamageInLinkedFiles() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(disk);
        final Random random = new Random(3);
        try (RandomWorld world = new RandomWorld(SEED)) {
            final SnapshotWriter writer = writer(catalog, 3, 100);
            world.grow(2, 50);
            write(writer, world.database());
            world.grow(1, 1);
            write(writer, world.database());
            final long newest = catalog.commits().get(0);
            for (final String name : pageFiles(disk, catalog, newest)) {
                final Path path = catalog.pathOf(newest).resolve(name);
                final byte[] whole = disk.bytes(path);
                for (int i = 0; i < 200; i++) {
                    final byte[] hurt = whole.clone();
                    hurt[random.nextInt(hurt.length)] ^= (byte) (1 << random.nextInt(8));
                    disk.bytes(path, hurt);
                    assertEquals(
                            ErrorCode.STORAGE_DAMAGED,
                            assertThrows(
                                            DbException.class,
                                            () -> catalog.open(newest).verify())
                                    .code());
                }
                disk.bytes(path, whole);
            }
            catalog.open(newest).verify();
        }
    }
}
