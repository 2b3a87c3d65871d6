package io.taktdb.api.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.taktdb.api.http.Answers;
import io.taktdb.api.http.BodyRule;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.FileContent;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dumps and snapshots, on worker threads of their own: files may be slow.
 *
 * <p>Few are made at once; a dump counts until its file was sent and deleted. Threading: event loops; {@link #close}
 * any.
 */
public final class FileRoutes implements AutoCloseable {
    /** The most dumps and snapshots that are made at once. */
    static final int MAX_AT_ONCE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(FileRoutes.class);
    private static final long PATIENCE_SECONDS = 30;
    private static final int WORKERS = MAX_AT_ONCE + 1;
    private static final int WAITING = 64;
    private static final String SQLITE = "application/vnd.sqlite3";
    private static final String SNAPSHOTS = "/v1/snapshots";
    private static final String SNAPSHOT = SNAPSHOTS + "/{id}";

    private final WorldFiles files;
    private final Semaphore free = new Semaphore(MAX_AT_ONCE);
    private final ThreadPoolExecutor workers;

    public FileRoutes(final WorldFiles files) {
        this.files = files;
        this.workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                new DefaultThreadFactory("takt-files", true));
        workers.allowCoreThreadTimeOut(true);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/v1/dump.db", Role.ADMIN, SQLITE, exchange -> dump(exchange, files::dump)),
                Route.get(SNAPSHOTS, Role.READ, this::list),
                Route.post(SNAPSHOTS, Role.ADMIN, BodyRule.NONE, this::take),
                Route.get(SNAPSHOT, Role.READ, this::get),
                Route.delete(SNAPSHOT, Role.ADMIN, this::delete),
                Route.get(SNAPSHOT + "/world.db", Role.ADMIN, SQLITE, this::dumpSnapshot),
                Route.post("/v1/restore", Role.ADMIN, BodyRule.SQLITE_OR_JSON, this::restore));
    }

    /** Makes a dump. */
    private interface Dumping {
        WorldFiles.Dump dump() throws IOException;
    }

    private void dumpSnapshot(final Exchange exchange) {
        final String id = exchange.path("id");
        dump(exchange, () -> files.dump(id));
    }

    private void dump(final Exchange exchange, final Dumping dumping) {
        exchange.query().only();
        if (exchange.isHeadOnly()) {
            exchange.respond(Response.of(200).described(SQLITE));
            return;
        }
        runHeavy(exchange, () -> {
            final WorldFiles.Dump dump;
            final FileContent content;
            try {
                dump = dumping.dump();
                content = FileContent.of(dump.file(), free::release);
            } catch (final Throwable e) {
                free.release();
                throw e;
            }
            exchange.respond(Response.of(200)
                    .file(SQLITE, content)
                    .state(dump.tick(), dump.commit())
                    .header("content-disposition", "attachment; filename=\"world.db\""));
        });
    }

    private void take(final Exchange exchange) {
        exchange.query().only();
        runHeavy(exchange, () -> {
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

    private void list(final Exchange exchange) {
        exchange.query().only();
        run(exchange, () -> {
            final List<WorldFiles.Snapshot> snapshots = files.snapshots();
            exchange.respond(Answers.json(exchange, 200, json -> {
                json.writeStartArray();
                for (final WorldFiles.Snapshot snapshot : snapshots) {
                    write(json, snapshot);
                }
                json.writeEndArray();
            }));
        });
    }

    private void get(final Exchange exchange) {
        exchange.query().only();
        run(exchange, () -> {
            final WorldFiles.Snapshot snapshot = files.snapshot(exchange.path("id"));
            exchange.respond(Answers.json(exchange, 200, json -> write(json, snapshot)));
        });
    }

    private void delete(final Exchange exchange) {
        exchange.query().only();
        run(exchange, () -> {
            files.deleteSnapshot(exchange.path("id"));
            exchange.respond(Response.of(204));
        });
    }

    private void restore(final Exchange exchange) throws IOException {
        exchange.query().only();
        final RestoreBody body = RestoreBody.of(exchange);
        try {
            runHeavy(exchange, () -> {
                try (body) {
                    final WorldFiles.Restored done = body.restore(files);
                    exchange.respond(Answers.json(exchange, 200, json -> RestoreBody.write(json, done))
                            .state(done.tick(), done.commit()));
                } finally {
                    free.release();
                }
            });
        } catch (final DbException e) {
            body.close();
            throw e;
        }
    }

    private static void write(final JsonGenerator json, final WorldFiles.Snapshot snapshot) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", snapshot.id());
        json.writeStringField("state", "complete");
        json.writeNumberField("progress", 1);
        json.writeNumberField("tick", snapshot.tick());
        json.writeNumberField("commit", snapshot.commit());
        json.writeNumberField("rows", snapshot.rows());
        json.writeNumberField("bytes", snapshot.bytes());
        json.writeStringField("taken", snapshot.taken().toString());
        json.writeEndObject();
    }

    /** Work with files. */
    private interface FileWork {
        void run() throws IOException;
    }

    /** Runs work that gives its permit back itself. */
    private void runHeavy(final Exchange exchange, final FileWork work) {
        if (!free.tryAcquire()) {
            throw new DbException(
                    ErrorCode.OVERLOADED,
                    "too many dumps and snapshots are being made: limit=" + MAX_AT_ONCE + "; try again later");
        }
        try {
            run(exchange, work);
        } catch (final DbException e) {
            free.release();
            throw e;
        }
    }

    private void run(final Exchange exchange, final FileWork work) {
        try {
            workers.execute(() -> {
                try {
                    work.run();
                } catch (final Throwable e) {
                    exchange.fail(e);
                }
            });
        } catch (final RejectedExecutionException e) {
            throw new DbException(
                    ErrorCode.OVERLOADED,
                    "too many requests wait for files: limit=" + WAITING + "; try again later",
                    e);
        }
    }

    /** Takes no more work and waits for what is being made, since it reads states that are about to go. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a dump or snapshot is still being made after {} s", PATIENCE_SECONDS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
