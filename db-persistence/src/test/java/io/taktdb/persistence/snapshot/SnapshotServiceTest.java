package io.taktdb.persistence.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowEditor;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.table.TableState;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.world.RandomWorld;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The thread that takes snapshots, while another one commits. */
class SnapshotServiceTest {
    private static final int SNAPSHOTS = 8;
    private static final int ROWS = 600;

    private static SnapshotService service(final SnapshotCatalog catalog, final Supplier<Lease> leases) {
        return new SnapshotService(new SnapshotWriter(catalog, Clock.systemUTC(), SNAPSHOTS), leases, 1);
    }

    @Test
    @Tag("ds_1:test_snapshot_during_concurrent_writes")
    @Tag("ds_1:test_snapshot_atomic_buffer_swap")
    @Tag("ds_2:test_snapshot_consistent_state")
    @Tag("ds_2:test_buffer_swapping_during_snapshot")
    @Tag("ds_1:test_snapshot_with_active_transactions")
    @Tag("ds_2:test_throughput_under_snapshot")
    @Tag("rs_6:test_delete_relation_concurrent_with_schema_save")
    void shouldShowOneCommitWhileAWriterGoesOn() throws Exception {
        final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(new SimulatedDisk());
        try (Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0)) {
            for (final String name : List.of("one", "other")) {
                database.change(
                        SchemaChange.CreateTable.of(name, FieldSpec.of("n", "i64"), FieldSpec.of("text", "string")));
                fill(database.table(name));
            }
            database.commit(0);
            final AtomicBoolean stopping = new AtomicBoolean();
            final Semaphore commits = new Semaphore(0);
            final Thread writer = new Thread(() -> {
                for (long n = 1; !stopping.get(); n++) {
                    write(database, n);
                    commits.release();
                }
            });
            writer.start();
            try (SnapshotService service = service(catalog, database::lease)) {
                for (int i = 0; i < SNAPSHOTS; i++) {
                    service.request().result().join();
                    commits.drainPermits();
                    assertTrue(commits.tryAcquire(60, TimeUnit.SECONDS), "the writer goes on");
                }
            } finally {
                stopping.set(true);
                writer.join();
            }
        }
        assertEquals(SNAPSHOTS, catalog.commits().size(), () -> "commits=" + catalog.commits());
        for (final long commit : catalog.commits()) {
            assertConsistent(catalog.open(commit));
        }
    }

    private static void fill(final Table table) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter row = new RowWriter().wrap(buffer, 0);
        row.field(1).putScalar(io.taktdb.types.value.ValueKind.I64, 0).field(2).putString("number 0");
        final int end = row.finish();
        for (int i = 0; i < ROWS; i++) {
            table.writes().insert(new RowCursor().wrap(buffer, 0, end));
        }
    }

    private static void write(final Database database, final long n) {
        for (final Table table : database.tables()) {
            final RowEditor editor = table.editor();
            for (int id = 1; id <= ROWS; id += 7) {
                editor.require(id).setLong(0, n).setString(1, "a text of commit number " + n);
            }
        }
        database.commit(n);
    }

    private static void assertConsistent(final SnapshotReader reader) {
        reader.verify();
        try (Database loaded = SnapshotRoundTripTest.load(reader);
                Lease lease = loaded.lease()) {
            for (final TableState table : lease.state().tables()) {
                final RowReader row = table.reader();
                for (int id = 1; id <= ROWS; id += 7) {
                    row.require(id);
                    assertEquals(reader.tick(), row.getLong(0));
                    assertTrue(row.getString(1).endsWith(" " + reader.tick()), () -> row.getString(1));
                }
            }
        }
    }

    @Test
    @Tag("ds_2:test_concurrent_snapshots_queued_or_rejected")
    void shouldShareTheSnapshotThatWaits() throws Exception {
        final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(new SimulatedDisk());
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch answer = new CountDownLatch(1);
        try (RandomWorld world = new RandomWorld(1)) {
            world.commit();
            try (SnapshotService service = service(catalog, () -> {
                asked.countDown();
                awaitUninterruptibly(answer);
                return world.database().lease();
            })) {
                final SnapshotTask running = service.request();
                asked.await();
                final SnapshotTask waiting = service.request();
                assertSame(waiting, service.request());
                assertSame(running, service.current());
                assertEquals(SnapshotTask.NOT_STARTED, waiting.commit());
                answer.countDown();
                assertEquals(running.result().join(), waiting.result().join());
                assertEquals(1, waiting.commit());
            }
        }
    }

    private static void awaitUninterruptibly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldTakeNoSnapshotWhileNothingChanges() throws IOException {
        final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(new SimulatedDisk());
        try (RandomWorld world = new RandomWorld(1)) {
            world.grow(2, 20);
            try (SnapshotService service = service(catalog, world.database()::lease)) {
                assertNotNull(requestIfChanged(service));
                world.commit();
                world.commit();
                assertNull(requestIfChanged(service), "ticks alone change nothing");
                world.insert(world.database().tables().iterator().next());
                world.commit();
                assertNotNull(requestIfChanged(service));
            }
            assertEquals(List.of(4L, 1L), catalog.commits());
        }
    }

    /** The snapshot that was asked for, once it is written; or null. */
    private static SnapshotInfo requestIfChanged(final SnapshotService service) {
        final SnapshotTask task = service.requestIfChanged();
        return task == null ? null : task.result().join();
    }

    @Test
    @Tag("ds_2:test_snapshot_failure_handling")
    @Tag("ds_2:test_thread_panic_isolation")
    @Tag("ds_1:test_snapshot_file_permissions")
    void shouldTellOfAFaultAndTryAgain() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(disk);
        try (RandomWorld world = new RandomWorld(1)) {
            world.grow(1, 20);
            try (SnapshotService service = service(catalog, world.database()::lease)) {
                disk.failOnce(4);
                final CompletionException error = assertThrows(
                        CompletionException.class,
                        () -> service.request().result().join());
                assertEquals(ErrorCode.STORAGE_FAILED, ((DbException) error.getCause()).code());
                assertTrue(service.failure().contains("simulated fault"), service::failure);
                service.request().result().join();
                assertNull(service.failure());
            }
        }
    }

    @Test
    void shouldRefuseRequestsOnceItIsClosed() throws IOException {
        final SnapshotCatalog catalog = SnapshotRoundTripTest.catalog(new SimulatedDisk());
        try (RandomWorld world = new RandomWorld(1)) {
            final SnapshotService service = service(catalog, world.database()::lease);
            service.close();
            assertEquals(
                    ErrorCode.UNAVAILABLE,
                    assertThrows(DbException.class, service::request).code());
        }
    }
}
