package io.taktdb.bench.server;

import io.taktdb.bench.bank.BankMain;
import io.taktdb.bench.floor.FloorMain;
import io.taktdb.bench.fork.ChildJvm;
import java.util.List;

/** A server in a JVM of its own. Threading: one thread. */
final class Servers implements AutoCloseable {
    /** The flags that {@code takt server} gives. */
    private static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

    private final ChildJvm child;
    private final int port;

    private Servers(final ChildJvm child) {
        this.child = child;
        this.port = Integer.parseInt(child.ask("port"));
    }

    /** Our whole server, with a world of accounts. */
    static Servers bank(final int accounts, final boolean isMoving) {
        return new Servers(ChildJvm.start(
                "takt", FLAGS, BankMain.class, List.of(Integer.toString(accounts), Boolean.toString(isMoving))));
    }

    /** The bare server. */
    static Servers floor() {
        return new Servers(ChildJvm.start("netty-floor", FLAGS, FloorMain.class, List.of()));
    }

    int port() {
        return port;
    }

    /** Processor time of the server so far, in ns. */
    long cpuNs() {
        return Long.parseLong(child.ask("cpu"));
    }

    /** Bytes that the server uses, after a collection. */
    long memoryBytes() {
        return Long.parseLong(child.ask("memory"));
    }

    /** p50, p99, p99.9 and longest lateness of ticks since the last call, in ns. */
    long[] latenessNs() {
        return List.of(child.ask("lateness").split(",", -1)).stream()
                .mapToLong(Long::parseLong)
                .toArray();
    }

    @Override
    public void close() {
        child.close();
    }
}
