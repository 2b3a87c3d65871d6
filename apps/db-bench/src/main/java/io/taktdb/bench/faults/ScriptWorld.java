package io.taktdb.bench.faults;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.StoreConfig;
import io.taktdb.persistence.WorldStore;
import io.taktdb.persistence.journal.JournalConfig;
import io.taktdb.persistence.recovery.DataFolder;
import io.taktdb.persistence.recovery.LoadedWorld;
import io.taktdb.persistence.recovery.Recovery;
import io.taktdb.persistence.storage.FileKeys;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.command.CommandApplier;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.runtime.tick.Replay;
import io.taktdb.types.error.DbException;
import io.taktdb.types.value.ValueKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** A running {@link ScriptModule} world on some storage. Threading: one thread. */
final class ScriptWorld implements AutoCloseable {
    static final Path FOLDER = Path.of("/data");

    private static final byte[] KEY_PRINT = {1};
    private static final long SEED = 4711;
    private static final LoopConfig LOOP = LoopConfig.atRate(120).withWorkers(1);

    private final WorldStore store;
    private final TaktDb db;

    private ScriptWorld(final WorldStore store, final TaktDb db) {
        this.store = store;
        this.db = db;
    }

    /** A stored world that was loaded and replayed, but not run. */
    record Stored(long stateHash, long commit, List<String> warnings) {}

    private static MemoryBudget memory() {
        return new MemoryBudget(MemoryBudget.UNLIMITED);
    }

    /** @throws DbException what the folder holds cannot be started */
    static ScriptWorld open(final Storage disk) {
        return open(disk, FileKeys.NONE);
    }

    /** The same with encrypted files. */
    static ScriptWorld open(final Storage disk, final FileKeys keys) {
        final JournalConfig journal = JournalConfig.ON
                .withSegmentBytes(JournalConfig.MIN_SEGMENT_BYTES)
                .withRetryDelay(Duration.ofMillis(1));
        final StoreConfig config = new StoreConfig(FOLDER, Duration.ZERO, 2, SEED, journal, false).withKeys(keys);
        final WorldStore store = WorldStore.open(config, disk, Clock.systemUTC());
        TaktDb db = null;
        try {
            db = TaktDb.open(new TaktConfig(
                    LOOP, memory(), List.<WorldModule>of(new ScriptModule()), store.world(), store.journal()));
            store.start(db::lease);
            return new ScriptWorld(store, db);
        } catch (final RuntimeException | Error e) {
            if (db != null) {
                db.close();
            }
            closeQuietly(store);
            throw e;
        }
    }

    private static void closeQuietly(final WorldStore store) {
        try {
            store.close();
        } catch (final DbException e) {
            // the disk fails on purpose
        }
    }

    /** Loads and replays what a folder holds. */
    static Stored read(final Storage disk) {
        return read(disk, FileKeys.NONE);
    }

    /** The same of encrypted files. */
    static Stored read(final Storage disk, final FileKeys keys) {
        try (DataFolder folder = DataFolder.open(Storage.encrypted(disk, keys), FOLDER)) {
            final LoadedWorld world = Recovery.load(folder, SEED, false);
            final Registry registry = new Registry();
            final ScriptModule module = new ScriptModule();
            module.register(registry);
            try (Database database = new Database(memory(), Math.max(0, world.commit() - 1), world.tick())) {
                world.load(database);
                database.commit(world.tick());
                final CommandApplier applier =
                        new CommandApplier(database, registry, new ProcedureContext(database, world.seed()));
                try (Replay replay = new Replay(
                        database, registry, applier, registry.signature(List.of(module)), LOOP, world.seed())) {
                    world.replay(replay);
                    final long commit = database.states().newest().commit();
                    return new Stored(replay.stateHash(), commit, world.warnings());
                }
            }
        }
    }

    /** Adds a value, once, however often it is sent. */
    CompletableFuture<Submission> add(final long value) {
        final CommandWriter command = new CommandWriter();
        command.key(Long.toString(value).getBytes(StandardCharsets.US_ASCII), KEY_PRINT);
        command.beginCall("value.add");
        command.row().field(0).putScalar(ValueKind.I64, value);
        command.endRow();
        return db.send(command.ack(Ack.DURABLE));
    }

    WorldStore store() {
        return store;
    }

    TaktDb db() {
        return db;
    }

    /** Values that are there; one that is there twice shows as -1. */
    Set<Long> values() {
        final Set<Long> values = new TreeSet<>();
        try (Lease lease = db.lease()) {
            final TableState table = lease.state().table("value");
            final RowReader row = table.reader();
            long found = 0;
            for (long id = 1; found < table.rowCount(); id++) {
                if (row.seek(id)) {
                    found++;
                    final long value = row.getLong(table.schema().indexOf("value"));
                    values.add(values.contains(value) ? -1 : value);
                }
            }
        }
        return values;
    }

    long stateHash() {
        try (Lease lease = db.lease()) {
            return StateHash.of(lease.state());
        }
    }

    @Override
    public void close() {
        db.stop();
        closeQuietly(store);
        db.close();
    }
}
