package io.taktdb.bench.persist;

import io.taktdb.persistence.snapshot.SnapshotInfo;
import io.taktdb.persistence.snapshot.SnapshotTask;
import io.taktdb.runtime.journal.JournalStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code takt bench persist}. */
@Command(
        name = "persist",
        description = {
            "Journal, durable writes, snapshot and start of an embedded engine on the disk of a temporary folder,",
            "beside a plain FileChannel that writes and forces the same amount. Prints medians of rounds."
        },
        mixinStandardHelpOptions = true)
public final class PersistCommand implements Callable<Integer> {
    private static final int LARGE_CHARS = 64 << 10;
    private static final int LARGE_COUNT = 1_500;
    private static final int SMALL_COUNT = 20_000;
    private static final int IN_FLIGHT = 256;
    private static final int GROUP_BYTES = 4 << 20;
    private static final double MB = 1e6;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", description = "rounds (default: ${DEFAULT-VALUE})", defaultValue = "3")
    private int rounds;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "where the temporary folder is made (default: the system's temporary folder)")
    private Path folder;

    @Option(
            names = "--large-mb",
            description = "size of the world for lateness and start, 0 to leave it out (default: ${DEFAULT-VALUE})",
            defaultValue = "1000")
    private int largeMb;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || largeMb < 0) {
            throw new ParameterException(
                    spec.commandLine(), "out of range: --rounds=" + rounds + ", --large-mb=" + largeMb);
        }
        final double[][] figures = new double[10][rounds];
        for (int round = 0; round < rounds; round++) {
            final Path work = folder == null
                    ? Files.createTempDirectory("takt-persist-")
                    : Files.createTempDirectory(folder, "takt-persist-");
            try {
                round(work, figures, round);
            } finally {
                delete(work);
            }
        }
        print(figures);
        final Path work = folder == null
                ? Files.createTempDirectory("takt-persist-")
                : Files.createTempDirectory(folder, "takt-persist-");
        try {
            final LargeWorld large = new LargeWorld(spec.commandLine().getOut());
            large.dump(work);
            if (largeMb > 0) {
                large.run(work.resolve("large"), largeMb);
            }
        } finally {
            delete(work);
        }
        return 0;
    }

    private static void round(final Path work, final double[][] figures, final int round) throws IOException {
        final Path data = work.resolve("data");
        try (PersistWorld world = new PersistWorld(data)) {
            world.push(2_000, "warm", IN_FLIGHT);
            final long startNs = System.nanoTime();
            world.push(SMALL_COUNT, "a small event of a player", IN_FLIGHT);
            figures[2][round] = SMALL_COUNT / ((System.nanoTime() - startNs) / 1e9);
            figures[3][round] = world.db().journalStatus().syncP50Ns() / 1e3;
            final JournalStatus before = world.db().journalStatus();
            final long largeNs = System.nanoTime();
            world.push(LARGE_COUNT, "x".repeat(LARGE_CHARS), 64);
            final double seconds = (System.nanoTime() - largeNs) / 1e9;
            final long bytes = world.db().journalStatus().writtenBytes() - before.writtenBytes();
            figures[0][round] = bytes / MB / seconds;
            figures[1][round] = bytes / MB / PlainWriter.seconds(work, bytes, GROUP_BYTES);
            figures[4][round] = PlainWriter.syncNs(work, 4_096, 200) / 1e3;
            final long snapshotNs = System.nanoTime();
            final SnapshotInfo snapshot = world.store().snapshotNow().result().join();
            figures[5][round] = snapshot.bytes() / MB / ((System.nanoTime() - snapshotNs) / 1e9);
            figures[7][round] = snapshot.bytes() / MB;
            world.push(100, "a small event of a player", IN_FLIGHT);
            final long againNs = System.nanoTime();
            final SnapshotTask increment = world.store().snapshotNow();
            increment.await();
            figures[8][round] = (System.nanoTime() - againNs) / 1e6;
            figures[9][round] = increment.progress().totalBytes() / MB;
        }
        final long startNs = System.nanoTime();
        final PersistWorld again = new PersistWorld(data);
        figures[6][round] = (System.nanoTime() - startNs) / 1e6;
        again.close();
    }

    private void print(final double[][] figures) {
        final PrintWriter out = spec.commandLine().getOut();
        for (final double[] rows : figures) {
            Arrays.sort(rows);
        }
        out.printf(Locale.ROOT, "rounds=%d, medians%n", rounds);
        out.printf(
                Locale.ROOT,
                "journal.append  %.0f MB/s of commands of 64 KiB; plain writer with a force per 4 MiB %.0f MB/s%n",
                median(figures[0]),
                median(figures[1]));
        out.printf(
                Locale.ROOT,
                "durable.writes  %.0f acknowledged per second, %d in flight; sync p50 %.0f us, plain force %.0f us%n",
                median(figures[2]),
                IN_FLIGHT,
                median(figures[3]),
                median(figures[4]));
        out.printf(Locale.ROOT, "snapshot.write  %.0f MB/s, %.0f MB%n", median(figures[5]), median(figures[7]));
        out.printf(
                Locale.ROOT,
                "snapshot.change %.0f ms, %.2f MB of pages written, after 100 more rows%n",
                median(figures[8]),
                median(figures[9]));
        out.printf(
                Locale.ROOT,
                "recovery        %.0f ms from nothing to running, %.0f MB%n",
                median(figures[6]),
                median(figures[7]));
        out.flush();
    }

    private static double median(final double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
