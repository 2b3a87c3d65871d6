package io.taktdb.bench.micro;

import io.taktdb.bench.scenario.Scenario;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Reader;
import io.taktdb.core.transaction.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Enters and leaves the newest state again and again, with another thread that does the same meanwhile or without.
 *
 * <p>Threading: the measured thread, and the one that it starts.
 */
public final class LeaseMicro implements Scenario {
    /** Leases of a step. */
    public static final int LEASES = 1_000;

    private final Database database;
    private final Runnable thousand;
    private final Thread other;
    private volatile boolean done;

    private LeaseMicro(final Database database, final List<Runnable> byThread) {
        this.database = database;
        thousand = byThread.get(0);
        other = byThread.size() == 1 ? null : new Thread(() -> repeat(byThread.get(1)), "other-reader");
        if (other != null) {
            other.setDaemon(true);
            other.start();
        }
    }

    /** Epochs: each thread has a slot of its own. */
    public static Scenario epochs(final int threads) {
        final Database database = database();
        final List<Runnable> byThread = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            final Reader reader = database.states().reader();
            byThread.add(() -> leases(reader));
        }
        return new LeaseMicro(database, byThread);
    }

    /** The peer: all threads count references to the newest state. */
    public static Scenario counter(final int threads) {
        final AtomicLong references = new AtomicLong();
        final List<Runnable> byThread = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            byThread.add(() -> references(references));
        }
        return new LeaseMicro(database(), byThread);
    }

    private static Database database() {
        final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);
        database.commit(1);
        return database;
    }

    private static void leases(final Reader reader) {
        for (int i = 0; i < LEASES; i++) {
            reader.enter();
            reader.exit();
        }
    }

    private static void references(final AtomicLong references) {
        for (int i = 0; i < LEASES; i++) {
            references.getAndIncrement();
            references.getAndDecrement();
        }
    }

    private void repeat(final Runnable leases) {
        while (!done) {
            leases.run();
        }
    }

    @Override
    public void step() {
        thousand.run();
    }

    @Override
    public String problem(final long steps) {
        final long commit = database.states().newest().commit();
        return commit == 1 ? null : "state differs: commit=" + commit;
    }

    @Override
    public void close() {
        done = true;
        database.close();
    }
}
