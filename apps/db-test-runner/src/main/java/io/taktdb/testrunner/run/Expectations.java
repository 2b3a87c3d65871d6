package io.taktdb.testrunner.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.taktdb.testrunner.match.Comparison;
import io.taktdb.testrunner.match.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Judges an answer: by what its step expects, and by what holds for every answer of the contract.
 *
 * <p>The standing rules: what says that it is JSON is JSON; an error is a problem body (RFC 9457) whose status is the
 * answer's own; a 500 is a defect, whatever was sent, unless a plan expects one.
 */
final class Expectations {
    private static final int FIRST_ERROR = 400;
    private static final int DEFECT = 500;

    private final HttpCall call;
    private final List<Difference> differences = new ArrayList<>();

    private Expectations(final HttpCall call) {
        this.call = call;
    }

    /**
     * Differences of an HTTP answer.
     *
     * @param expect filled in, or null for a preparation that must just succeed
     */
    static List<Difference> ofHttp(final JsonNode expect, final HttpCall call) {
        final Expectations judge = new Expectations(call);
        final JsonNode status = expect == null ? null : expect.get("status");
        judge.standingRules(status);
        if (status != null) {
            judge.compare(status.isArray() ? oneOf(status) : status, number(call.status()), "status");
        } else if (call.status() >= FIRST_ERROR) {
            judge.add("status", "expected success, got " + call.status());
        }
        if (expect != null) {
            judge.headers(expect.path("headers"));
            judge.body(expect);
        }
        return judge.differences;
    }

    /**
     * Differences of an answer to one JSON-RPC call.
     *
     * @param id the request's
     */
    static List<Difference> ofRpc(final JsonNode expect, final HttpCall call, final JsonNode id) {
        final Expectations judge = new Expectations(call);
        judge.standingRules(null);
        judge.compare(number(200), number(call.status()), "status");
        final JsonNode response = call.json();
        judge.compare(JsonNodeFactory.instance.textNode("2.0"), response.path("jsonrpc"), "jsonrpc");
        judge.compare(id, response.path("id"), "id");
        if (response.has("result") == response.has("error")) {
            judge.add("response", "expected either a result or an error, got " + Comparison.shown(response));
        }
        if (expect == null && response.has("error")) {
            judge.add("error", "expected success, got " + Comparison.shown(response.get("error")));
        }
        for (final String member : List.of("result", "error")) {
            if (expect != null && expect.has(member)) {
                judge.compare(expect.get(member), response.path(member), member);
            }
        }
        return judge.differences;
    }

    private void standingRules(final JsonNode expectedStatus) {
        if (call.status() == DEFECT
                && (expectedStatus == null || !expectedStatus.toString().contains("500"))) {
            add("status", "500 is never the answer to any input: " + call.text());
        }
        final boolean empty = call.response().body().length == 0;
        if (call.isJson() && !empty && call.json().isMissingNode()) {
            add("body", "not valid JSON, though Content-Type is " + call.header("Content-Type"));
        }
        if (call.status() < FIRST_ERROR || "HEAD".equals(call.request().method())) {
            return;
        }
        if (!String.valueOf(call.header("Content-Type")).startsWith("application/problem+json")) {
            add("header.Content-Type", "an error is application/problem+json, got " + call.header("Content-Type"));
            return;
        }
        final JsonNode problem = call.json();
        for (final String member : List.of("type", "title", "code", "detail")) {
            if (!problem.path(member).isTextual()) {
                add("body." + member, "a problem body has this text, got " + Comparison.shown(problem.path(member)));
            }
        }
        compare(number(call.status()), problem.path("status"), "body.status");
    }

    private void headers(final JsonNode expected) {
        for (final Map.Entry<String, JsonNode> header : expected.properties()) {
            final List<String> values = call.response().headers().allValues(header.getKey());
            final JsonNode actual =
                    values.isEmpty() ? MissingNode.getInstance() : headerValue(values, header.getValue());
            compare(header.getValue(), actual, "header." + header.getKey());
        }
    }

    /** As a number if it is one, except where text is expected. */
    private static JsonNode headerValue(final List<String> values, final JsonNode expected) {
        final boolean wantsText = expected.isTextual() || expected.has("$matches") || expected.has("$contains");
        return wantsText ? JsonNodeFactory.instance.textNode(String.join(", ", values)) : HttpCall.headerValue(values);
    }

    private void body(final JsonNode expect) {
        if (expect.has("text")) {
            compare(expect.get("text"), JsonNodeFactory.instance.textNode(call.text()), "text");
        }
        final boolean exactly = expect.has("exactly");
        if (exactly || expect.has("body")) {
            final JsonNode expected = expect.get(exactly ? "exactly" : "body");
            final JsonNode body = call.json();
            if (body.isMissingNode()) {
                add("body", "expected JSON, got " + (call.text().isEmpty() ? "no body" : call.text()));
            } else {
                differences.addAll(Comparison.differences(expected, body, "$.body", exactly));
            }
        }
    }

    private void compare(final JsonNode expected, final JsonNode actual, final String path) {
        differences.addAll(Comparison.differences(expected, actual, "$." + path, false));
    }

    private void add(final String path, final String text) {
        differences.add(new Difference("$." + path, text));
    }

    private static JsonNode oneOf(final JsonNode choices) {
        return JsonNodeFactory.instance.objectNode().set("$oneOf", choices);
    }

    private static JsonNode number(final int value) {
        return JsonNodeFactory.instance.numberNode(value);
    }
}
