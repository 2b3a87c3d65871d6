package io.taktdb.server;

import io.taktdb.api.ApiServer;
import io.taktdb.api.server.HttpServerConfig;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.persistence.WorldStore;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.WorldModule;
import java.net.Inet6Address;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server: front end, engine and persistence wired together. This is the only place where the three meet.
 *
 * <pre>
 *   start: data folder ─► engine ─► snapshots ─► socket
 *   close: socket, requests under way ─► loop ─► last snapshot ─► memory
 * </pre>
 *
 * Threading: started and closed by one thread; the rest by any.
 */
public final class TaktServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaktServer.class);

    private final ServerConfig config;
    private final WorldStore store;
    private final TaktDb db;
    private final ApiServer api;
    private final FileWatch files;
    private boolean isClosed;

    private TaktServer(
            final ServerConfig config,
            final WorldStore store,
            final TaktDb db,
            final ApiServer api,
            final FileWatch files) {
        this.config = config;
        this.store = store;
        this.db = db;
        this.api = api;
        this.files = files;
    }

    /**
     * Loads the world and serves it. Ready when this returns.
     *
     * @param modules the user's code, in the order of registration
     * @throws io.taktdb.types.error.DbException the folder is in use or damaged, a module is not valid, the port is
     * taken
     */
    public static TaktServer start(final ServerConfig config, final List<WorldModule> modules) {
        final long startNs = System.nanoTime();
        final WorldStore store = WorldStore.open(config.store());
        TaktDb db = null;
        try {
            final MemoryBudget memory = new MemoryBudget(config.maxMemory());
            db = TaktDb.open(new TaktConfig(config.loop(), memory, modules, store.world(), store.journal()));
            store.start(db::lease);
            final ApiServer api = ApiServer.start(http(config), db, new StoredFiles(store, db, memory), version());
            LOG.info(
                    "serving: tick={}, rows={}, ms={}",
                    db.status().tick(),
                    db.status().rows(),
                    (System.nanoTime() - startNs) / 1_000_000);
            return new TaktServer(config, store, db, api, watch(config.network()));
        } catch (final Throwable e) {
            closeAfterFailure(db, e);
            closeAfterFailure(store, e);
            throw e;
        }
    }

    private static FileWatch watch(final Network network) {
        final FileWatch files = new FileWatch();
        network.tokenFile()
                .ifPresent(file -> files.watch(
                        "tokens",
                        List.of(file),
                        () -> network.access()
                                .replaceTokens(network.tokenSource().read())));
        network.tls().ifPresent(tls -> files.watch("certificate", network.tlsFiles(), tls::reload));
        return files;
    }

    private static void closeAfterFailure(final AutoCloseable part, final Throwable cause) {
        if (part != null) {
            try {
                part.close();
            } catch (final Exception e) {
                cause.addSuppressed(e);
            }
        }
    }

    private static HttpServerConfig http(final ServerConfig config) {
        return HttpServerConfig.loopback(config.port())
                .withBind(config.bind())
                .withLimits(config.network().limits())
                .withAccess(config.network().access())
                .withTls(config.network().tls());
    }

    /** The version that the build wrote into the jar's manifest. */
    static String version() {
        final String version = TaktServer.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The port that is listened on. */
    public int port() {
        return api.port();
    }

    /** Where clients find the server, e.g. {@code http://127.0.0.1:7777}. */
    public String url() {
        final String host = config.bind().getHostAddress();
        return (config.network().tls().isPresent() ? "https://" : "http://")
                + (config.bind() instanceof Inet6Address ? "[" + host + "]" : host)
                + ':'
                + port();
    }

    /** Whether callers need tokens. */
    public boolean needsTokens() {
        return config.network().access().hasTokens();
    }

    /** The engine. */
    public TaktDb db() {
        return db;
    }

    /**
     * Stops: answers what is under way, ends the loop, saves the world. Again is harmless.
     *
     * @throws io.taktdb.types.error.DbException STORAGE_FAILED the last snapshot was not written
     */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        LOG.info("stopping: tick={}, connections end first", db.status().tick());
        files.close();
        api.close();
        db.stop();
        try {
            store.close();
        } finally {
            db.close();
        }
    }
}
