package io.taktdb.bench.persist;

import io.taktdb.core.state.Lease;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A world of many megabytes: lateness of its ticks without and with full snapshots under way, and how long it takes to
 * start; and a world of many rows: how fast it is dumped. Threading: the main thread.
 */
final class LargeWorld {
    private static final int TEXT_CHARS = 64 << 10;
    private static final int RATE = 120;
    private static final long SECONDS = 20;
    private static final int DUMP_ROWS = 300_000;
    private static final int WARM_UP = 3;

    private final PrintWriter out;
    private volatile long[] lateNs = new long[0];
    private final AtomicInteger ticks = new AtomicInteger();

    LargeWorld(final PrintWriter out) {
        this.out = out;
    }

    /** Measures and prints. */
    void run(final Path data, final int megabytes) {
        try (PersistWorld world = new PersistWorld(data, RATE)) {
            world.push((int) (megabytes * 1_000_000L / TEXT_CHARS), "x".repeat(TEXT_CHARS), 64);
            world.store().snapshotNow().await();
            world.db().onTick(() -> {
                final int tick = ticks.getAndIncrement();
                if (tick < lateNs.length) {
                    lateNs[tick] = world.db().latenessNs();
                }
            });
            final double idle = p999(() -> false);
            final long[] snapshots = new long[1];
            final double busy = p999(() -> {
                world.push(1, "y", 1); // else there is nothing new to be stored
                world.store().snapshotNow().await();
                snapshots[0]++;
                return true;
            });
            out.printf(
                    Locale.ROOT,
                    "snapshot.lateness.p999  %.0f us without, %.0f us with %d full snapshots of %d MB one after the"
                            + " other, %d ticks each at %d Hz: %.2f x%n",
                    idle,
                    busy,
                    snapshots[0],
                    megabytes,
                    SECONDS * RATE,
                    RATE,
                    busy / idle);
            out.flush();
        }
        final long startNs = System.nanoTime();
        final PersistWorld again = new PersistWorld(data, RATE);
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        again.close();
        out.printf(
                Locale.ROOT,
                "recovery        %.2f s from nothing to running, %d MB; wanted: at most %.2f s%n",
                seconds,
                megabytes,
                1 + megabytes / 1e3);
        out.flush();
    }

    /** Lateness of ticks in microseconds while something is done, again and again. */
    private double p999(final java.util.function.BooleanSupplier work) {
        final int wanted = (int) (SECONDS * RATE);
        lateNs = new long[wanted];
        ticks.set(0);
        while (ticks.get() < wanted) {
            if (!work.getAsBoolean()) {
                LockSupport.parkNanos(10_000_000);
            }
        }
        final long[] sorted = lateNs.clone();
        Arrays.sort(sorted);
        return sorted[(int) (wanted * 0.999)] / 1e3;
    }

    /** Measures and prints. */
    void dump(final Path folder) throws IOException {
        final Path file = folder.resolve("dump.db");
        try (PersistWorld world = new PersistWorld(folder.resolve("rows"), RATE)) {
            world.push(DUMP_ROWS, "a small event of a player", 1_024);
            final double[] ours = new double[2 * WARM_UP];
            final double[] plain = new double[2 * WARM_UP];
            dump(world, file);
            final DumpPeer peer = new DumpPeer(file, "event");
            for (int i = 0; i < ours.length; i++) {
                final long startNs = System.nanoTime();
                dump(world, file);
                ours[i] = (System.nanoTime() - startNs) / 1e9;
                plain[i] = peer.seconds(folder.resolve("plain.db"), "event");
            }
            Arrays.sort(ours, WARM_UP, ours.length);
            Arrays.sort(plain, WARM_UP, plain.length);
            final double our = DUMP_ROWS / ours[WARM_UP + 1];
            final double their = peer.rows() / plain[WARM_UP + 1];
            out.printf(
                    Locale.ROOT,
                    "dump.rows       %.0f rows/s, plain sqlite-jdbc with the same rows in memory %.0f rows/s: %.2f x%n",
                    our,
                    their,
                    our / their);
            out.flush();
        } catch (final SQLException e) {
            throw new IOException("the peer failed", e);
        }
    }

    private static void dump(final PersistWorld world, final Path file) {
        try (Lease lease = world.db().lease()) {
            world.store().dump(lease.state(), file);
        }
    }
}
