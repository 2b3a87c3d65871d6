package io.taktdb.server;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.persistence.StoreConfig;
import io.taktdb.persistence.journal.JournalConfig;
import io.taktdb.persistence.snapshot.SnapshotWriter;
import io.taktdb.persistence.storage.FileKeys;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.error.DbException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of every process that serves a world; a picocli mixin.
 *
 * <p>Threading: the main thread.
 */
public final class ServerOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "" + ServerConfig.DEFAULT_PORT,
            description = "Port to listen on, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}); any but loopback needs tokens.")
    private String bind;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data",
            description = "Folder of the world; made if need be (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--tick-rate",
            paramLabel = "HZ",
            defaultValue = "" + LoopConfig.DEFAULT_RATE,
            description = "Ticks a second, 15 to 120 (default: ${DEFAULT-VALUE}).")
    private int tickRate;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            description = "Memory of the tables outside the Java heap, e.g. 512m or 4g; beyond it writes are refused"
                    + " (default: 3/4 of the machine's memory less the Java heap).")
    private String maxMemory;

    @Option(
            names = "--snapshot-interval",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How long after a snapshot the next is taken if the world changed, e.g. 30s or 5m; 0: at the"
                    + " end only (default: ${DEFAULT-VALUE}).")
    private String snapshotInterval;

    @Option(
            names = "--keep-snapshots",
            paramLabel = "N",
            defaultValue = "" + StoreConfig.DEFAULT_KEEP_SNAPSHOTS,
            description = "How many snapshots stay (default: ${DEFAULT-VALUE}).")
    private int keepSnapshots;

    @Option(
            names = "--full-snapshots",
            paramLabel = "N",
            defaultValue = "" + SnapshotWriter.DEFAULT_FULL_EVERY,
            description = "Every N-th snapshot has all pages, those between only what changed (default:"
                    + " ${DEFAULT-VALUE}).")
    private int fullSnapshots;

    @Option(
            names = "--journal",
            paramLabel = "on|off",
            defaultValue = "on",
            description = "Whether every write is on the disk before it is answered; off: what came after the last"
                    + " snapshot is lost in a crash (default: ${DEFAULT-VALUE}).")
    private String journal;

    @Option(
            names = "--snapshot-journal",
            paramLabel = "SIZE",
            defaultValue = "256m",
            description = "After so much journal a snapshot is taken (default: ${DEFAULT-VALUE}).")
    private String snapshotJournal;

    @Option(
            names = "--salvage",
            description = "Start with what can be proven of a damaged world, and list what is lost.")
    private boolean salvage;

    @Option(
            names = "--max-lease-age",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "Reads of one state that take longer are logged and counted (default: ${DEFAULT-VALUE}).")
    private String maxLeaseAge;

    @Mixin
    private LoopOptions loop;

    @Mixin
    private EncryptionOptions encryption;

    @Mixin
    private NetworkOptions network;

    /** The folder of the world. */
    public Path data() {
        return data;
    }

    /**
     * What the options say.
     *
     * @throws ParameterException one is out of range
     */
    public ServerConfig config() {
        if (port < 0 || port > ServerConfig.MAX_PORT) {
            throw usage("port out of range: --port=" + port + "; give 0 to " + ServerConfig.MAX_PORT);
        }
        if (keepSnapshots < 1) {
            throw usage("at least one snapshot must stay: --keep-snapshots=" + keepSnapshots);
        }
        if (fullSnapshots < 1) {
            throw usage("at least every snapshot is full: --full-snapshots=" + fullSnapshots + "; give 1 or more");
        }
        try {
            LoopConfig.requireRate(tickRate);
        } catch (final DbException e) {
            throw usage(e.getMessage());
        }
        final StoreConfig store = StoreConfig.of(data)
                .withSnapshotInterval(span("--snapshot-interval", snapshotInterval))
                .withKeepSnapshots(keepSnapshots)
                .withJournal(journal())
                .withFullSnapshots(fullSnapshots)
                .withKeys(keys())
                .withSalvage(salvage);
        return ServerConfig.of(data)
                .withPort(port)
                .withLoop(loop())
                .withMaxLeaseAge(leaseAge())
                .withNetwork(network(address()))
                .withBind(address())
                .withStore(store)
                .withMaxMemory(memory());
    }

    private FileKeys keys() {
        try {
            return encryption.keys();
        } catch (final IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private JournalConfig journal() {
        final long snapshotBytes = size("--snapshot-journal", snapshotJournal);
        if (snapshotBytes < 1) {
            throw usage("size must be positive: --snapshot-journal=" + snapshotJournal);
        }
        if (!"on".equals(journal) && !"off".equals(journal)) {
            throw usage("not on or off: --journal=" + journal);
        }
        return ("on".equals(journal) ? JournalConfig.ON : JournalConfig.OFF).withSnapshotBytes(snapshotBytes);
    }

    private long size(final String option, final String text) {
        try {
            return ByteSize.parse(text);
        } catch (final IllegalArgumentException e) {
            throw usage(option + ": " + e.getMessage());
        }
    }

    private long memory() {
        if (maxMemory == null) {
            return ByteSize.ofMachine();
        }
        final long bytes = size("--max-memory", maxMemory);
        if (bytes < MemoryBudget.MIN_BYTES) {
            throw usage("too little memory: --max-memory=" + maxMemory + "; give at least "
                    + (MemoryBudget.MIN_BYTES >> 20) + "m");
        }
        return bytes;
    }

    private Duration leaseAge() {
        final Duration age = span("--max-lease-age", maxLeaseAge);
        if (age.isZero()) {
            throw usage("the age must be positive: --max-lease-age=" + maxLeaseAge);
        }
        return age;
    }

    private Duration span(final String option, final String text) {
        try {
            return TimeSpan.parse(text);
        } catch (final IllegalArgumentException e) {
            throw usage(option + ": " + e.getMessage());
        }
    }

    private LoopConfig loop() {
        try {
            return loop.applyTo(LoopConfig.atRate(tickRate));
        } catch (final DbException | IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(bind);
        } catch (final UnknownHostException e) {
            throw usage("address is not known: --bind=" + bind);
        }
    }

    private Network network(final InetAddress address) {
        try {
            return network.network(address);
        } catch (final IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private ParameterException usage(final String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
