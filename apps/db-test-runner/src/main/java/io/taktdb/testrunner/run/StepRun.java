package io.taktdb.testrunner.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.testrunner.match.Comparison;
import io.taktdb.testrunner.match.Difference;
import io.taktdb.testrunner.match.JsonPath;
import io.taktdb.testrunner.plan.Action;
import io.taktdb.testrunner.plan.Step;
import io.taktdb.testrunner.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Does what single steps say, on the server of one plan. Threading: one thread. */
final class StepRun {
    private static final String JSON_TYPE = "application/json; charset=utf-8";
    private static final long WAIT_SECONDS = 30;
    private static final long POLL_MS = 5;

    private final HttpDoor door = new HttpDoor();
    private final TestServer server;
    private final Scope scope;

    StepRun(final TestServer server, final Scope scope) {
        this.server = server;
        this.scope = scope;
    }

    /**
     * Runs any step but a group.
     *
     * @throws StepFailure it did not do what the plan expects
     * @throws IOException the server did not answer
     */
    void run(final Step step) throws StepFailure, IOException {
        final Action action = step.action();
        if (action instanceof Action.Request request) {
            judge(step, send(request), null);
        } else if (action instanceof Action.Push push) {
            final String path = "/v1/push/" + Scope.encode(scope.fill(push.collection()));
            final byte[] body = RequestBody.bytes(push.body(), scope);
            judge(step, send("POST", URI.create(path), push.headers(), body, true), null);
        } else if (action instanceof Action.Rpc rpc) {
            call(step, rpc);
        } else if (action instanceof Action.Wait waiting) {
            await(waiting.ticks());
        } else if (action instanceof Action.Restart) {
            server.restart();
        } else if (action instanceof Action.Kill) {
            server.kill();
        } else if (action instanceof Action.Sql sql) {
            query(sql);
        } else if (action instanceof Action.Stream stream) {
            final JsonNode expect = scope.fill(stream.expect());
            final JsonNode events =
                    EventReader.read(streamRequest(stream), expect.size(), () -> sendAll(stream.then()));
            compare(expect, events, "events: " + events);
        } else if (action instanceof Action.Cli cli) {
            final JsonNode came = ClientCommand.run(server.url(), scope.fill(cli.args()), scope.fill(cli.input()));
            compare(
                    cli.expect() == null ? ClientCommand.SUCCESS : scope.fill(cli.expect()),
                    came,
                    came.toPrettyString());
        } else {
            throw new IllegalArgumentException("groups are run step by step: step=" + step.title());
        }
    }

    private HttpCall send(final Action.Request request) throws StepFailure, IOException {
        final StringBuilder target = new StringBuilder(scope.fillPath(request.path()));
        for (final Map.Entry<String, JsonNode> parameter : request.query().properties()) {
            final String value = scope.fill(parameter.getValue()).asText();
            target.append(target.indexOf("?") < 0 ? '?' : '&')
                    .append(Scope.encode(parameter.getKey()))
                    .append('=')
                    .append(Scope.encode(value));
        }
        final boolean hasBody = !(request.body() instanceof Action.Body.None);
        final byte[] body = RequestBody.bytes(request.body(), scope);
        try {
            return send(scope.fill(request.method()), URI.create(target.toString()), request.headers(), body, hasBody);
        } catch (final IllegalArgumentException e) {
            throw new StepFailure("path cannot be sent: path=" + target + ", reason=" + e.getMessage());
        }
    }

    private HttpCall send(
            final String method, final URI target, final JsonNode headers, final byte[] body, final boolean hasBody)
            throws StepFailure, IOException {
        final Map<String, String> named = new LinkedHashMap<>();
        if (hasBody) {
            named.put("Content-Type", JSON_TYPE);
        }
        for (final Map.Entry<String, JsonNode> header : headers.properties()) {
            named.keySet().removeIf(header.getKey()::equalsIgnoreCase);
            if (!header.getValue().isNull()) {
                named.put(header.getKey(), scope.fill(header.getValue()).asText());
            }
        }
        return door.send(method, URI.create(server.url() + target.toString()), named, body);
    }

    private void call(final Step step, final Action.Rpc rpc) throws StepFailure, IOException {
        final JsonNode id = IntNode.valueOf(step.line());
        final ObjectNode request =
                HttpCall.JSON.createObjectNode().put("jsonrpc", "2.0").put("method", scope.fill(rpc.method()));
        if (rpc.params() != null) {
            request.set("params", scope.fill(rpc.params()));
        }
        request.set("id", id);
        final byte[] body = HttpCall.JSON.writeValueAsBytes(request);
        judge(step, send("POST", URI.create("/rpc"), HttpCall.JSON.createObjectNode(), body, true), id);
    }

    /** @param id of a JSON-RPC request, else null */
    private void judge(final Step step, final HttpCall call, final JsonNode id) throws StepFailure {
        final JsonNode expect = step.expect() == null ? null : scope.fill(step.expect());
        capture(step, call); // after: the expectation speaks of what earlier steps captured
        final List<Difference> differences =
                id == null ? Expectations.ofHttp(expect, call) : Expectations.ofRpc(expect, call, id);
        if (!differences.isEmpty()) {
            throw new StepFailure(lines(differences) + "\n" + call.transcript());
        }
        for (final String name : step.capture().keySet()) {
            if (scope.get(name) == null) {
                throw new StepFailure("nothing to capture: name=" + name + ", path="
                        + step.capture().get(name) + "\n" + call.transcript());
            }
        }
    }

    private void capture(final Step step, final HttpCall call) {
        if (step.capture().isEmpty()) {
            return;
        }
        final JsonNode document = call.document();
        step.capture().forEach((name, path) -> {
            final boolean header = path.startsWith("$.header.");
            final JsonNode value = JsonPath.find(document, header ? path.toLowerCase(Locale.ROOT) : path);
            if (value.isMissingNode()) {
                scope.remove(name);
            } else {
                scope.set(name, value);
            }
        });
    }

    private void await(final int ticks) throws StepFailure, IOException {
        final long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        final long goal = tick() + ticks;
        for (long tick = tick(); tick < goal; tick = tick()) {
            if (System.nanoTime() - endNs > 0) {
                throw new StepFailure(
                        "ticks do not go on: wanted=" + goal + ", tick=" + tick + ", waited=" + WAIT_SECONDS + " s");
            }
            pause();
        }
    }

    private long tick() throws StepFailure, IOException {
        final HttpCall status =
                send("GET", URI.create("/v1/status"), HttpCall.JSON.createObjectNode(), new byte[0], false);
        final String tick = status.header("Takt-Tick");
        if (tick == null || !tick.matches("[0-9]+")) {
            throw new StepFailure("status does not tell its tick: Takt-Tick=" + tick + "\n" + status.transcript());
        }
        return Long.parseLong(tick);
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a tick");
        }
    }

    private void query(final Action.Sql sql) throws StepFailure, IOException {
        final String query = scope.fill(sql.query());
        try (Dump dump = Dump.fetch(door, server.url())) {
            final List<Difference> differences =
                    Comparison.differences(scope.fill(sql.expect()), dump.rows(query), "$", false);
            if (!differences.isEmpty()) {
                throw new StepFailure(lines(differences) + "\nquery: " + query);
            }
        }
    }

    private HttpRequest streamRequest(final Action.Stream stream) {
        final StringBuilder target = new StringBuilder(server.url() + "/v1/stream/");
        target.append(Scope.encode(scope.fill(stream.table())));
        char separator = '?';
        for (final Map.Entry<String, JsonNode> parameter : stream.query().properties()) {
            target.append(separator).append(Scope.encode(parameter.getKey())).append('=');
            target.append(Scope.encode(scope.fill(parameter.getValue()).asText()));
            separator = '&';
        }
        return HttpRequest.newBuilder(URI.create(target.toString())).build();
    }

    private void sendAll(final List<Action.Request> requests) throws StepFailure, IOException {
        for (final Action.Request request : requests) {
            final HttpCall call = send(request);
            final List<Difference> differences = Expectations.ofHttp(null, call);
            if (!differences.isEmpty()) {
                throw new StepFailure(lines(differences) + "\n" + call.transcript());
            }
        }
    }

    private static void compare(final JsonNode expect, final JsonNode came, final String shown) throws StepFailure {
        final List<Difference> differences = Comparison.differences(expect, came, "$", false);
        if (!differences.isEmpty()) {
            throw new StepFailure(lines(differences) + "\n" + shown);
        }
    }

    private static String lines(final List<Difference> differences) {
        return differences.stream().map(Difference::toString).collect(Collectors.joining("\n"));
    }
}
