package io.taktdb.api.rest;

import io.taktdb.api.http.Answers;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.json.JsonBody;
import io.taktdb.api.json.JsonMembers;
import io.taktdb.api.json.ServerFacts;
import io.taktdb.api.json.StatusJson;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.runtime.tick.TickStatus;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.util.List;

/** How the server is doing, and the front page. */
public final class OperationRoutes {
    private static final String FRONT_PAGE = """
            TaktDB {version}: an in-memory, tick-based relational database server for games.

              GET  /v1/status                          tick, rate, lateness, queue
              PUT  /v1/tick-rate                       {"rate":30}: 15 to 120 ticks a second
              GET  /v1/tables                          tables with rows and sizes
              POST /v1/tables                          {"name":"unit","fields":[{"name":"hp","type":"i32"}]}
              GET  /v1/tables/{table}/records          hp.gt=5, order=-hp, limit, after, fields
              POST /v1/tables/{table}/records          one record, or an array of them
              GET  /v1/tables/{table}/records/{id}     also PUT, PATCH, DELETE
              POST /v1/push/{collection}               JSON of any shape; columns come by themselves
              POST /v1/transactions                    {"operations":[{"insert":{"table":"unit","record":{"hp":5}}}]}
              GET  /v1/stream/{table}                  live changes as server-sent events
              POST /rpc                                JSON-RPC 2.0; rpc.discover lists the methods
              GET  /v1/procedures                      what the world's modules offer
              GET  /v1/schema                          types and tables as JSON
              GET  /v1/dump.db                         the world as a SQLite file
            """;

    private final TaktDb db;
    private final StatusJson status;
    private final ServerFacts facts;

    public OperationRoutes(final TaktDb db, final StatusJson status, final ServerFacts facts) {
        this.db = db;
        this.status = status;
        this.facts = facts;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/", Role.PUBLIC, "text/plain", this::frontPage),
                Route.get("/v1/status", Role.READ, this::status),
                Route.put("/v1/tick-rate", Role.ADMIN, this::changeRate),
                Route.get("/v1/procedures", Role.READ, this::procedures),
                Route.get("/health", Role.PUBLIC, this::health),
                Route.get("/ready", Role.PUBLIC, this::ready));
    }

    private void frontPage(final Exchange exchange) {
        final String text = FRONT_PAGE.replace("{version}", facts.version());
        exchange.respond(Response.of(200).text("text/plain; charset=utf-8", text, exchange.allocator()));
    }

    private void status(final Exchange exchange) throws IOException {
        exchange.query().only();
        final TickStatus now = db.status();
        exchange.respond(
                Answers.json(exchange, 200, json -> status.write(json, now)).state(now.tick(), now.commit()));
    }

    private void changeRate(final Exchange exchange) throws IOException {
        exchange.query().only();
        final JsonMembers members = JsonMembers.of(JsonBody.slice(exchange.body()), "body", List.of("rate"));
        db.changeTickRate(members.integer("rate", LoopConfig.MIN_RATE, LoopConfig.MAX_RATE));
        final TickStatus now = db.status();
        exchange.respond(Answers.json(exchange, 200, json -> StatusJson.writeRate(json, now))
                .state(now.tick(), now.commit()));
    }

    private void procedures(final Exchange exchange) throws IOException {
        exchange.query().only();
        exchange.respond(Answers.json(exchange, 200, status::writeProcedures));
    }

    private void health(final Exchange exchange) throws IOException {
        if (!db.isRunning()) {
            throw new DbException(ErrorCode.UNAVAILABLE, "the loop does not run; restart the server");
        }
        answerWord(exchange, "ok");
    }

    private void ready(final Exchange exchange) throws IOException {
        if (facts.isStopping().getAsBoolean() || !db.isRunning()) {
            throw new DbException(ErrorCode.UNAVAILABLE, "the server is stopping; use another one");
        }
        final DbException refusal = db.refusal();
        if (refusal != null) {
            throw refusal;
        }
        answerWord(exchange, "ready");
    }

    private static void answerWord(final Exchange exchange, final String word) throws IOException {
        exchange.query().only();
        exchange.respond(Answers.json(exchange, 200, json -> {
            json.writeStartObject();
            json.writeStringField("status", word);
            json.writeEndObject();
        }));
    }
}
