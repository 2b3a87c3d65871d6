package io.taktdb.bench.persist;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.persistence.StoreConfig;
import io.taktdb.persistence.WorldStore;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.error.DbException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An engine with a journal in a folder, into which texts are pushed. Threading: one thread. */
final class PersistWorld implements AutoCloseable {
    private final WorldStore store;
    private final TaktDb db;

    PersistWorld(final Path folder) {
        this(60, StoreConfig.of(folder));
    }

    /** The same at another rate, with full snapshots only. */
    PersistWorld(final Path folder, final int rate) {
        this(rate, StoreConfig.of(folder).withFullSnapshots(1));
    }

    private PersistWorld(final int rate, final StoreConfig config) {
        store = WorldStore.open(config.withSnapshotInterval(Duration.ZERO));
        db = TaktDb.open(new TaktConfig(
                LoopConfig.atRate(rate),
                new MemoryBudget(MemoryBudget.UNLIMITED),
                List.of(),
                store.world(),
                store.journal()));
        store.start(db::lease);
    }

    WorldStore store() {
        return store;
    }

    TaktDb db() {
        return db;
    }

    /** Pushes texts and waits until all are durable; so many are under way at once. */
    void push(final int count, final String text, final int inFlight) {
        final Deque<CompletableFuture<Submission>> sent = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            if (sent.size() == inFlight) {
                sent.poll().join();
            }
            sent.add(send(text));
        }
        sent.forEach(CompletableFuture::join);
    }

    private CompletableFuture<Submission> send(final String text) {
        while (true) {
            final CommandWriter command = new CommandWriter(text.length() + 64);
            command.beginPush("event", List.of("text"), 1);
            command.beginRow(false, 0).field(0).putString(text);
            command.endRow();
            try {
                return db.send(command.ack(Ack.DURABLE));
            } catch (final DbException e) {
                Thread.onSpinWait(); // the queue is full: that is the point of a bound
            }
        }
    }

    @Override
    public void close() {
        db.stop();
        store.close();
        db.close();
    }
}
