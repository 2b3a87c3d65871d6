package io.taktdb.persistence.journal;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.persistence.StoreConfig;
import io.taktdb.persistence.WorldStore;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.procedure.RowDraft;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.runtime.procedure.WorldRegistry;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.value.ValueKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** A running world with a journal on a simulated disk: a table of values, and mobs that a system moves at random. */
final class JournalledWorld implements AutoCloseable {
    static final long SEED = 4711;
    static final Path FOLDER = Path.of("/data");
    static final Path JOURNAL = FOLDER.resolve("journal");
    static final Path SNAPSHOTS = FOLDER.resolve("snapshots");

    private final WorldStore store;
    private final TaktDb db;

    /** Parameters of {@code world.add}. */
    public record Add(long value) {}

    /** Chunks of mobs. */
    public interface MobChunk extends io.taktdb.core.accessor.Chunk {
        float x(int row);

        void x(int row, float value);
    }

    /** Adds values and mobs at random places; mobs wander. */
    record Module(String version) implements WorldModule {
        @Override
        public String name() {
            return "journalled";
        }

        @Override
        public void register(final WorldRegistry world) {
            world.table(CreateTable.of("value", FieldSpec.of("value", "i64"), FieldSpec.of("at", "timestamp")));
            world.table(CreateTable.of("mob", FieldSpec.of("x", "f32")));
            world.onCreate(context -> {
                for (int i = 0; i < 10; i++) {
                    context.table("mob")
                            .insert(context.table("mob")
                                    .draft()
                                    .set("x", context.random().nextFloat()));
                }
            });
            world.procedure("world.add", "Adds a value.", Add.class, Void.class, (context, parameters) -> {
                final RowDraft value = context.table("value").draft();
                context.table("value")
                        .insert(value.set("value", parameters.value()).set("at", context.timeMicros()));
                final RowDraft mob = context.table("mob").draft();
                context.table("mob").insert(mob.set("x", context.random().nextFloat()));
                if (parameters.value() < 0) {
                    throw new IllegalStateException("no negative values");
                }
                return null;
            });
            world.system("wander", "mob", MobChunk.class, (context, mobs) -> {
                for (int i = 0; i < mobs.rows(); i++) {
                    mobs.x(i, mobs.x(i) + context.randomFloat(i) + context.timeMicros() % 7 + context.tickSeconds());
                }
            });
        }
    }

    private JournalledWorld(final WorldStore store, final TaktDb db) {
        this.store = store;
        this.db = db;
    }

    static StoreConfig config() {
        return new StoreConfig(
                FOLDER,
                Duration.ZERO,
                3,
                SEED,
                JournalConfig.ON.withSegmentBytes(64 << 10).withRetryDelay(Duration.ofMillis(1)),
                false);
    }

    static JournalledWorld open(final SimulatedDisk disk, final StoreConfig config) {
        return open(disk, config, "1");
    }

    static JournalledWorld open(final SimulatedDisk disk) {
        return open(disk, config(), "1");
    }

    static JournalledWorld open(final SimulatedDisk disk, final StoreConfig config, final String version) {
        final WorldStore store = WorldStore.open(config, disk, Clock.systemUTC());
        TaktDb db = null;
        try {
            db = TaktDb.open(new TaktConfig(
                    LoopConfig.atRate(120).withWorkers(1),
                    new MemoryBudget(MemoryBudget.UNLIMITED),
                    List.of(new Module(version)),
                    store.world(),
                    store.journal()));
            store.start(db::lease);
            return new JournalledWorld(store, db);
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
        } catch (final RuntimeException e) {
            // the disk failed; what matters was thrown before
        }
    }

    WorldStore store() {
        return store;
    }

    TaktDb db() {
        return db;
    }

    CompletableFuture<Submission> send(final long value, final Ack ack) {
        final CommandWriter command = new CommandWriter();
        command.beginCall("world.add");
        command.row().field(0).putScalar(ValueKind.I64, value);
        command.endRow();
        return db.send(command.ack(ack));
    }

    /** Adds a value under a key. */
    CompletableFuture<Submission> sendKeyed(final long value, final String key) {
        final CommandWriter command = new CommandWriter();
        command.beginCall("world.add");
        command.row().field(0).putScalar(ValueKind.I64, value);
        command.endRow();
        command.key(key.getBytes(StandardCharsets.UTF_8), new byte[] {(byte) value});
        return db.send(command.ack(Ack.DURABLE));
    }

    /** Adds a value and waits until it is durable. */
    Submission add(final long value) {
        return send(value, Ack.DURABLE).join();
    }

    /** Values that are there. */
    Set<Long> values() {
        final Set<Long> values = new TreeSet<>();
        try (Lease lease = db.lease()) {
            final TableState table = lease.state().table("value");
            final RowReader row = table.reader();
            for (long id = 1; values.size() < table.rowCount(); id++) {
                if (row.seek(id)) {
                    values.add(row.getLong(table.schema().indexOf("value")));
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

    /** Ends the loop, so that nothing changes any more; the state can still be read. */
    void freeze() {
        db.stop();
    }

    /** Lets go of everything without a last word to the disk. */
    void abandon(final SimulatedDisk disk) {
        disk.failFrom(1);
        close();
    }

    @Override
    public void close() {
        db.stop();
        closeQuietly(store);
        db.close();
    }
}
