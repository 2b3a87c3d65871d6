package io.taktdb.api;

import io.taktdb.api.explorer.ExplorerRoutes;
import io.taktdb.api.http.HttpFigures;
import io.taktdb.api.http.IdempotencyKeys;
import io.taktdb.api.http.Route;
import io.taktdb.api.http.Router;
import io.taktdb.api.http.WriteGuard;
import io.taktdb.api.json.ServerFacts;
import io.taktdb.api.json.StatusJson;
import io.taktdb.api.push.PushRoutes;
import io.taktdb.api.rest.FileRoutes;
import io.taktdb.api.rest.MetricRoutes;
import io.taktdb.api.rest.OperationRoutes;
import io.taktdb.api.rest.RecordRoutes;
import io.taktdb.api.rest.RelationRoutes;
import io.taktdb.api.rest.SchemaRoutes;
import io.taktdb.api.rest.TableRoutes;
import io.taktdb.api.rest.WorldFiles;
import io.taktdb.api.rpc.RpcRoutes;
import io.taktdb.api.server.HttpServer;
import io.taktdb.api.server.HttpServerConfig;
import io.taktdb.api.stream.StreamRoutes;
import io.taktdb.api.stream.Topics;
import io.taktdb.api.transaction.TransactionRoutes;
import io.taktdb.runtime.TaktDb;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole front end on one port: all routes over one engine.
 *
 * <p>Threading: any thread.
 */
public final class ApiServer implements AutoCloseable {
    private final HttpServer http;
    private final FileRoutes files;
    private final Router router;
    private final Topics topics;
    private volatile boolean isClosing;

    private ApiServer(
            final HttpServerConfig config, final TaktDb db, final WorldFiles worldFiles, final String version) {
        final ServerFacts facts = new ServerFacts(
                version, System.nanoTime(), this::connections, this::isStopping, worldFiles::newestSnapshotTick);
        final StatusJson status = new StatusJson(db, facts);
        files = new FileRoutes(worldFiles);
        final List<Route> routes = new ArrayList<>();
        routes.addAll(new OperationRoutes(db, status, facts).routes());
        routes.addAll(new SchemaRoutes(db).routes());
        routes.addAll(new TableRoutes(db).routes());
        routes.addAll(new RelationRoutes(db).routes());
        routes.addAll(new RecordRoutes(db).routes());
        routes.addAll(new PushRoutes().routes());
        routes.addAll(new TransactionRoutes(db).routes());
        topics = new Topics(db, config.limits().streams());
        routes.addAll(new RpcRoutes(db, status, version, topics).routes());
        routes.addAll(new StreamRoutes(topics, db::connect).routes());
        final IdempotencyKeys keys = new IdempotencyKeys(config.limits());
        routes.addAll(new MetricRoutes(db, facts, this::figures, topics::figures, keys).routes());
        routes.addAll(files.routes());
        routes.addAll(new ExplorerRoutes().routes());
        final WriteGuard guard = new WriteGuard(keys);
        router = new Router(routes.stream().map(guard::guard).toList());
        http = new HttpServer(config, router, db::submit);
        db.onCommit(http::wake);
        db.onDurable(http::wake);
    }

    /**
     * Starts listening.
     *
     * @param version of the product, as the status shows it
     */
    public static ApiServer start(
            final HttpServerConfig config, final TaktDb db, final WorldFiles files, final String version) {
        final ApiServer server = new ApiServer(config, db, files, version);
        server.http.listen();
        return server;
    }

    /** The port that is listened on. */
    public int port() {
        return http.port();
    }

    /** The table of routes. */
    public Router router() {
        return router;
    }

    /** What is followed live. */
    public Topics topics() {
        return topics;
    }

    private HttpFigures figures() {
        return http.figures();
    }

    private int connections() {
        return http.connections();
    }

    private boolean isStopping() {
        return isClosing || http.isDraining();
    }

    /** Stops listening, answers what is under way, closes all connections. The engine must still run. */
    @Override
    public void close() {
        isClosing = true; // not ready any more, before anything is closed
        http.close();
        files.close();
    }
}
