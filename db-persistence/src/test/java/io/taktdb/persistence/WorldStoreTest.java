package io.taktdb.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.snapshot.SnapshotInfo;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.procedure.RowDraft;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.value.ValueKind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A world that runs in the engine, stops, and starts again. */
class WorldStoreTest {
    private static final long SEED = 99;

    @TempDir
    private Path folder;

    /** Parameters of {@code both.add}. */
    public record Add(long value) {}

    /** Writes the same value into two tables at once. */
    private static final class Pair implements WorldModule {
        @Override
        public String name() {
            return "pair";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("one", FieldSpec.of("value", "i64")));
            world.table(CreateTable.of("other", FieldSpec.of("value", "i64")));
            world.procedure("both.add", "Adds a row to both.", Add.class, Void.class, (context, parameters) -> {
                for (final String name : List.of("one", "other")) {
                    final RowDraft row = context.table(name).draft();
                    context.table(name).insert(row.set("value", parameters.value()));
                }
                return null;
            });
        }
    }

    private StoreConfig config() {
        return StoreConfig.of(folder.resolve("data"))
                .withSnapshotInterval(Duration.ZERO)
                .withNewSeed(SEED);
    }

    private static TaktDb engine(final WorldStore store) {
        return TaktDb.open(new TaktConfig(
                LoopConfig.atRate(120).withWorkers(1),
                new MemoryBudget(MemoryBudget.UNLIMITED),
                List.of(new Pair()),
                store.world(),
                store.journal()));
    }

    private static Submission add(final TaktDb db, final long value) {
        final CommandWriter command = new CommandWriter();
        command.beginCall("both.add");
        command.row().field(0).putScalar(ValueKind.I64, value);
        command.endRow();
        return db.send(command).join();
    }

    @Test
    void shouldGoOnWhereItStopped() {
        final long tick;
        try (WorldStore store = WorldStore.open(config());
                TaktDb db = engine(store)) {
            assertTrue(store.world().isNew());
            store.start(db::lease);
            for (int i = 1; i <= 5; i++) {
                add(db, i);
            }
            db.stop();
            store.stop();
            tick = store.snapshots().get(0).tick();
            assertEquals(10, store.snapshots().get(0).rows());
        }
        try (WorldStore store = WorldStore.open(config().withNewSeed(1));
                TaktDb db = engine(store)) {
            store.start(db::lease);
            assertEquals(SEED, store.world().seed());
            assertEquals(tick, store.world().tick());
            assertTrue(add(db, 6).tick() >= tick);
            try (Lease lease = db.lease()) {
                final TableState table = lease.state().table("other");
                final RowReader row = table.reader();
                for (int i = 1; i <= 6; i++) {
                    assertEquals(i, row.require(i).getLong(0));
                }
                assertEquals(6, table.rowCount());
            }
            store.stop();
        }
    }

    @Test
    void shouldTakeListAndDeleteSnapshotsWhileTicking() {
        try (WorldStore store = WorldStore.open(config().withKeepSnapshots(2));
                TaktDb db = engine(store)) {
            assertEquals(
                    ErrorCode.UNAVAILABLE,
                    assertThrows(DbException.class, store::snapshotNow).code());
            store.start(db::lease);
            final SnapshotInfo first = store.snapshotNow().result().join();
            add(db, 1);
            final SnapshotInfo second = store.snapshotNow().result().join();
            assertNotEquals(first.commit(), second.commit());
            assertEquals(List.of(second, first), store.snapshots());
            assertEquals(2, store.snapshot(second.commit()).rows());
            store.deleteSnapshot(first.commit());
            assertEquals(List.of(second), store.snapshots());
            assertNull(store.snapshotFailure());
            store.stop();
        }
    }

    @Test
    void shouldDumpTheRunningStateAndASnapshot() throws Exception {
        try (WorldStore store = WorldStore.open(config());
                TaktDb db = engine(store)) {
            store.start(db::lease);
            add(db, 41);
            final SnapshotInfo snapshot = store.snapshotNow().result().join();
            add(db, 42);
            final Path now = folder.resolve("now.db");
            final Path then = folder.resolve("then.db");
            try (Lease lease = db.lease()) {
                store.dump(lease.state(), now);
            }
            store.dumpSnapshot(snapshot.commit(), then, new MemoryBudget(MemoryBudget.UNLIMITED));
            assertEquals("41,42", values(now));
            assertEquals("41", values(then));
            assertEquals(
                    ErrorCode.SNAPSHOT_NOT_FOUND,
                    assertThrows(
                                    DbException.class,
                                    () -> store.dumpSnapshot(0, then, new MemoryBudget(MemoryBudget.UNLIMITED)))
                            .code());
            store.stop();
        }
    }

    private static String values(final Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                ResultSet result = connection
                        .createStatement()
                        .executeQuery("SELECT group_concat(o.value) FROM one o JOIN other USING (id, value)")) {
            return result.getString(1);
        }
    }

    @Test
    void shouldRefuseASecondServerOnTheFolder() {
        try (WorldStore store = WorldStore.open(config())) {
            final DbException error = assertThrows(DbException.class, () -> WorldStore.open(config()));
            assertEquals(ErrorCode.UNAVAILABLE, error.code());
            assertTrue(
                    error.getMessage().contains(folder.toString())
                            && error.getMessage()
                                    .contains("pid=" + ProcessHandle.current().pid()),
                    error::getMessage);
            assertTrue(store.world().isNew());
        }
        WorldStore.open(config()).close();
    }

    @Test
    void shouldTellWhenTheLastSnapshotFailsAndLetTheFolderGo() {
        final SimulatedDisk disk = new SimulatedDisk();
        final StoreConfig config = new StoreConfig(Path.of("/data"), Duration.ZERO, 3, SEED);
        final WorldStore store = WorldStore.open(config, disk, Clock.systemUTC());
        final long good;
        try (TaktDb db = engine(store)) {
            store.start(db::lease);
            good = store.snapshotNow().result().join().commit();
            add(db, 1);
            db.stop();
            disk.failFrom(3);
            final DbException error = assertThrows(DbException.class, store::stop);
            assertEquals(ErrorCode.STORAGE_FAILED, error.code());
        }
        store.close();
        disk.failFrom(Integer.MAX_VALUE);
        try (WorldStore again = WorldStore.open(config, disk, Clock.systemUTC())) {
            assertEquals(good, again.world().commit());
        }
    }
}
