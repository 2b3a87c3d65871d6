package io.taktdb.bench.bank;

import com.sun.management.OperatingSystemMXBean;
import io.taktdb.bench.fork.ChildJvm;
import io.taktdb.persistence.StoreConfig;
import io.taktdb.persistence.journal.JournalConfig;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * A whole server in a JVM of its own, with the journal on. Arguments: accounts, and whether rows move.
 *
 * <pre>
 *   port       where it listens
 *   cpu        processor time of this process so far, ns
 *   memory     bytes in use after a collection: heap, and all other resident memory
 *   lateness   p50, p99, p99.9 and longest, in ns, of the ticks since the last time that this was asked
 * </pre>
 *
 * Threading: main thread.
 */
public final class BankMain {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final TaktServer server;
    private final Histogram lateness = new Histogram(1, 60_000_000_000L, 3);

    private BankMain(final TaktServer server) {
        this.server = server;
        server.db().onTick(() -> {
            synchronized (lateness) {
                lateness.recordValue(Math.max(0, server.db().latenessNs()));
            }
        });
    }

    /** Serves until standard input ends. */
    public static void main(final String[] args) throws IOException {
        final Path folder = Files.createTempDirectory("takt-bench-");
        final List<WorldModule> modules = new ArrayList<>(List.of(new BankWorld(Integer.parseInt(args[0]))));
        if (Boolean.parseBoolean(args[1])) {
            modules.add(new MovingRows());
        }
        final ServerConfig config = ServerConfig.of(folder)
                .withPort(0)
                .withStore(StoreConfig.of(folder).withJournal(JournalConfig.ON));
        try (TaktServer server = TaktServer.start(config, modules)) {
            final BankMain main = new BankMain(server);
            final BufferedReader questions =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                System.out.println(ChildJvm.ANSWER + main.answer(line));
            }
        } finally {
            delete(folder);
        }
    }

    private String answer(final String question) throws IOException {
        return switch (question) {
            case "port" -> Integer.toString(server.port());
            case "cpu" -> Long.toString(SYSTEM.getProcessCpuTime());
            case "memory" -> Long.toString(memory());
            case "lateness" -> lateness();
            default -> throw new IllegalArgumentException("unknown question: " + question);
        };
    }

    private String lateness() {
        synchronized (lateness) {
            final String answer = lateness.getValueAtPercentile(50) + "," + lateness.getValueAtPercentile(99) + ','
                    + lateness.getValueAtPercentile(99.9) + ',' + lateness.getMaxValue();
            lateness.reset();
            return answer;
        }
    }

    /** The heap is touched from the start (-Xms = -Xmx, AlwaysPreTouch), so what is used of it counts, not its size. */
    private static long memory() throws IOException {
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        final long freeHeap = runtime.freeMemory();
        for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024 - freeHeap;
            }
        }
        return runtime.totalMemory() - freeHeap;
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
