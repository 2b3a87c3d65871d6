package io.taktdb.api.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.taktdb.api.access.Role;
import io.taktdb.api.http.BodyRule;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.FileContent;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Route;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Dumps and snapshots, made on worker threads of their own.
 *
 * <p>A dump counts as running until its file was sent and deleted. Threading: event loops; {@link #close} any.
 */
public final class FileRoutes implements AutoCloseable {
    /** The most dumps and snapshots at once. */
    static final int MAX_AT_ONCE = 2;

    private static final String SQLITE = "application/vnd.sqlite3";
    private static final String SNAPSHOTS = "/v1/snapshots";

    private final WorldFiles files;
    private final Semaphore free = new Semaphore(MAX_AT_ONCE);
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            0,
            MAX_AT_ONCE,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DefaultThreadFactory("takt-files", true));

    public FileRoutes(final WorldFiles files) {
        this.files = files;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/dump.db", Role.ADMIN, SQLITE, this::dump),
                Route.get(SNAPSHOTS, Role.READ, this::list),
                Route.post(SNAPSHOTS, Role.ADMIN, BodyRule.NONE, this::take));
    }

    private void dump(final Exchange exchange) {
        exchange.query().only();
        if (exchange.isHeadOnly()) {
            exchange.respond(Response.of(200));
            return;
        }
        run(exchange, () -> {
            final WorldFiles.Dump dump = makeDump();
            exchange.respond(Response.of(200)
                    .file(SQLITE, new FileContent(dump.file(), free::release))
                    .state(dump.tick(), dump.commit())
                    .header("content-disposition", "attachment; filename=\"world.db\""));
        });
    }

    /** Makes a dump; its permit is given back when the file is gone, or now if there is none. */
    private WorldFiles.Dump makeDump() throws IOException {
        try {
            return files.dump();
        } catch (final Throwable e) {
            free.release();
            throw e;
        }
    }

    private void list(final Exchange exchange) throws IOException {
        exchange.query().only();
        exchange.respond(Answers.json(exchange, 200, json -> {
            json.writeStartArray();
            for (final WorldFiles.Snapshot snapshot : files.snapshots()) {
                write(json, snapshot);
            }
            json.writeEndArray();
        }));
    }

    private void take(final Exchange exchange) {
        exchange.query().only();
        run(exchange, () -> {
            try {
                final WorldFiles.Snapshot snapshot = files.takeSnapshot();
                exchange.respond(Answers.json(exchange, 202, json -> write(json, snapshot))
                        .state(snapshot.tick(), snapshot.commit())
                        .header("location", SNAPSHOTS + '/' + snapshot.id()));
            } finally {
                free.release();
            }
        });
    }

    private static void write(final JsonGenerator json, final WorldFiles.Snapshot snapshot) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", snapshot.id());
        json.writeStringField("state", "complete");
        json.writeNumberField("progress", 1);
        json.writeNumberField("tick", snapshot.tick());
        json.writeNumberField("commit", snapshot.commit());
        json.writeNumberField("bytes", snapshot.bytes());
        json.writeStringField(
                "taken",
                Instant.EPOCH.plus(snapshot.takenMicros(), ChronoUnit.MICROS).toString());
        json.writeEndObject();
    }

    /** Work with files. */
    private interface FileWork {
        void run() throws IOException;
    }

    /** Runs work that gives its permit back; if it fails with no answer given, so does the request. */
    private void run(final Exchange exchange, final FileWork work) {
        if (!free.tryAcquire()) {
            throw busy();
        }
        try {
            workers.execute(() -> {
                try {
                    work.run();
                } catch (final Throwable e) {
                    exchange.fail(e);
                }
            });
        } catch (final RejectedExecutionException e) {
            free.release();
            throw busy();
        }
    }

    private static DbException busy() {
        return new DbException(
                ErrorCode.OVERLOADED,
                "too many dumps and snapshots are being made: limit=" + MAX_AT_ONCE + "; try again later");
    }

    /** Takes no more work; what is being made is finished. */
    @Override
    public void close() {
        workers.shutdown();
    }
}
