package io.taktdb.persistence.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop goes on while a disk takes its time; a snapshot of a large world needs no more memory than of a small. */
class SlowSnapshotTest {
    private static final int COMMITS = 500;
    private static final int MANY_ROWS = 200_000;
    private static final int MOST_GARBAGE = 4 << 20;

    private final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
    private final Database database = new Database(budget, 0, 0);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicReference<Thread> writing = new AtomicReference<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        database.close();
    }

    private void fill(final int rows) {
        database.change(SchemaChange.CreateTable.of(
                "mob", FieldSpec.of("n", "i64"), FieldSpec.of("pos", "8xf64").withDefault("[0,0,0,0,0,0,0,0]")));
        final Table table = database.table("mob");
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter row = new RowWriter().wrap(buffer, 0);
        row.field(1).putScalar(ValueKind.I64, 0);
        final int end = row.finish();
        for (int i = 0; i < rows; i++) {
            table.writes().insert(new RowCursor().wrap(buffer, 0, end));
        }
        database.commit(1);
    }

    /** A disk on which the last file of a snapshot is not made until the test says so. */
    private Storage stalling() {
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (self, method, arguments) -> {
                    if (method.getName().equals("create")
                            && arguments[0].toString().endsWith(Manifest.NAME)) {
                        writing.set(Thread.currentThread());
                        reached.countDown();
                        release.await();
                    }
                    try {
                        return method.isDefault()
                                ? InvocationHandler.invokeDefault(self, method, arguments)
                                : method.invoke(Storage.disk(), arguments);
                    } catch (final InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    @Tag("ds_1:test_snapshot_background_thread")
    @Tag("ds_2:test_background_snapshot_starts_without_blocking")
    @Tag("ds_2:test_main_loop_continues_during_snapshot")
    @Tag("ds_2:test_disk_io_doesnt_block")
    @Tag("ds_2:test_main_loop_jitter_measurement")
    @Tag("ds_2:test_thread_cleanup_on_drop")
    @Tag("ds_1:test_snapshot_with_runtime_state")
    void shouldLetTheLoopCommitWhileTheDiskStandsStill() throws Exception {
        fill(2_000);
        final SnapshotCatalog catalog = new SnapshotCatalog(stalling(), folder);
        final long leased;
        final SnapshotInfo info;
        try (SnapshotService service =
                new SnapshotService(new SnapshotWriter(catalog, Clock.systemUTC(), 1), database::lease, 1)) {
            try (Lease lease = database.lease()) {
                leased = StateHash.of(lease.state());
            }
            final SnapshotTask task = service.request();
            reached.await();
            final long first = task.commit();
            for (int i = 0; i < COMMITS; i++) { // on this thread: none of them waits for the disk
                database.table("mob").editor().require(1 + i).setLong(0, i + 1L);
                database.commit(2L + i);
            }
            assertFalse(task.isDone(), "the snapshot is still being written");
            assertEquals(first, task.commit());
            release.countDown();
            info = task.result().join();
        }
        assertEquals(
                List.of(Manifest.NAME, PageFile.NAME, SnapshotWriter.SCHEMA),
                Storage.disk().list(catalog.pathOf(info.commit())),
                "rows and schema; no procedures, no requests");
        final SnapshotReader reader = catalog.open(info.commit());
        reader.verify();
        try (Database loaded = SnapshotRoundTripTest.load(reader);
                Lease lease = loaded.lease()) {
            assertEquals(leased, StateHash.of(lease.state()), "what was committed when it began");
        }
        writing.get().join();
        assertEquals("takt-snapshot", writing.get().getName(), "a thread of its own, which ended with the service");
    }

    @Test
    @Tag("ds_1:test_snapshot_large_database")
    @Tag("ds_2:test_memory_usage_during_snapshot")
    @Tag("re_2:performance_large_snapshots")
    @Tag("re_1:test_load_large_dataset")
    @Tag("re_1:test_load_memory_usage")
    @Tag("ab_1:test_large_buffer")
    void shouldStreamALargeWorld() throws IOException {
        fill(MANY_ROWS);
        final SnapshotCatalog catalog = new SnapshotCatalog(Storage.disk(), folder);
        final long used = budget.reservedBytes();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long before = threads.getCurrentThreadAllocatedBytes();
        final SnapshotInfo info = SnapshotRoundTripTest.write(catalog, database);
        final long toWrite = threads.getCurrentThreadAllocatedBytes() - before;
        catalog.open(info.commit()).verify();
        final long toVerify = threads.getCurrentThreadAllocatedBytes() - before - toWrite;
        assertTrue(info.bytes() > 3L * MOST_GARBAGE, () -> "bytes=" + info.bytes());
        assertTrue(toWrite < MOST_GARBAGE, () -> "written=" + info.bytes() + ", allocated=" + toWrite);
        assertTrue(toVerify < MOST_GARBAGE, () -> "read=" + info.bytes() + ", allocated=" + toVerify);
        assertEquals(used, budget.reservedBytes(), "pages made for a snapshot");
        try (Database loaded = SnapshotRoundTripTest.load(catalog.open(info.commit()))) {
            assertEquals(MANY_ROWS, loaded.table("mob").rowCount());
        }
    }
}
