package io.taktdb.server;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.persistence.StoreConfig;
import io.taktdb.runtime.tick.LoopConfig;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a server is started with.
 *
 * @param bind a loopback address, unless callers need tokens
 * @param port 0 takes a free one
 * @param loop how the loop runs
 * @param store where and how the world is kept
 * @param maxMemory the most off-heap bytes, {@link MemoryBudget#UNLIMITED} for no limit
 * @param network who may call, and what a client may use up
 */
public record ServerConfig(
        InetAddress bind, int port, LoopConfig loop, StoreConfig store, long maxMemory, Network network) {
    public static final int DEFAULT_PORT = 7777;
    public static final int MAX_PORT = 65_535;

    public ServerConfig {
        if (!bind.isLoopbackAddress() && !network.access().hasTokens()) {
            throw new IllegalArgumentException("address is not loopback and there are no tokens: bind=" + bind);
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port out of range: port=" + port + ", limit=0.." + MAX_PORT);
        }
        if (maxMemory < MemoryBudget.MIN_BYTES) {
            throw new IllegalArgumentException(
                    "too little memory: maxMemory=" + maxMemory + ", least=" + MemoryBudget.MIN_BYTES);
        }
    }

    /** The defaults: loopback, port 7777, 60 ticks a second, a world in {@code data}, no limit of memory. */
    public static ServerConfig of(final Path data) {
        return new ServerConfig(
                InetAddress.getLoopbackAddress(),
                DEFAULT_PORT,
                LoopConfig.atRate(LoopConfig.DEFAULT_RATE),
                StoreConfig.of(data),
                MemoryBudget.UNLIMITED,
                Network.loopback());
    }

    /** The same on another port. */
    public ServerConfig withPort(final int newPort) {
        return new ServerConfig(bind, newPort, loop, store, maxMemory, network);
    }

    /** The same at another rate. */
    public ServerConfig withTickRate(final int ticksPerSecond) {
        return new ServerConfig(bind, port, LoopConfig.atRate(ticksPerSecond), store, maxMemory, network);
    }

    /** The same with another loop. */
    public ServerConfig withLoop(final LoopConfig newLoop) {
        return new ServerConfig(bind, port, newLoop, store, maxMemory, network);
    }

    /** The same with another age at which leases are reported. */
    public ServerConfig withMaxLeaseAge(final Duration age) {
        return new ServerConfig(bind, port, loop.withMaxLeaseAge(age), store, maxMemory, network);
    }

    /** The same with other rules of who may call. */
    public ServerConfig withNetwork(final Network rules) {
        return new ServerConfig(bind, port, loop, store, maxMemory, rules);
    }

    /** The same on another address; one that is not loopback needs tokens before. */
    public ServerConfig withBind(final InetAddress address) {
        return new ServerConfig(address, port, loop, store, maxMemory, network);
    }

    /** The same with another store. */
    public ServerConfig withStore(final StoreConfig newStore) {
        return new ServerConfig(bind, port, loop, newStore, maxMemory, network);
    }

    /** The same with another limit of off-heap bytes. */
    public ServerConfig withMaxMemory(final long bytes) {
        return new ServerConfig(bind, port, loop, store, bytes, network);
    }
}
