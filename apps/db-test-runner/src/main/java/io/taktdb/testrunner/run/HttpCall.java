package io.taktdb.testrunner.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One request and what came back, for comparisons, captures and reports. */
final class HttpCall {
    /** Reads JSON as the contract has it: one value, no key twice, every digit kept. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final int MAX_SHOWN = 2_000;

    private final HttpRequest request;
    private final byte[] sent;
    private final HttpResponse<byte[]> response;

    HttpCall(final HttpRequest request, final byte[] sent, final HttpResponse<byte[]> response) {
        this.request = request;
        this.sent = sent;
        this.response = response;
    }

    HttpRequest request() {
        return request;
    }

    HttpResponse<byte[]> response() {
        return response;
    }

    int status() {
        return response.statusCode();
    }

    String header(final String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    boolean isJson() {
        final String type = header("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).matches("application/([a-z.-]+\\+)?json(;.*)?");
    }

    /** The body as JSON; missing when it is none. */
    JsonNode json() {
        try {
            final JsonNode tree = JSON.readTree(response.body());
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (final JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (final IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    /** What captures look into: status, header (names in lower case), body; of a JSON-RPC response result and error. */
    JsonNode document() {
        final ObjectNode document = JSON.createObjectNode().put("status", status());
        final ObjectNode headers = document.putObject("header");
        response.headers().map().forEach((name, values) -> headers.set(name, headerValue(values)));
        final JsonNode body = json();
        if (!body.isMissingNode()) {
            document.set("body", body);
            List.of("result", "error").stream()
                    .filter(member -> body.isObject() && body.has(member))
                    .forEach(member -> document.set(member, body.get(member)));
        }
        return document;
    }

    /** A header as a value: a number if it is one, so that plans can compare it. */
    static JsonNode headerValue(final List<String> values) {
        final String text = String.join(", ", values);
        return text.matches("-?(0|[1-9][0-9]*)")
                ? JSON.getNodeFactory().numberNode(new java.math.BigInteger(text))
                : JSON.getNodeFactory().textNode(text);
    }

    /** Request and response as they would look on the wire, cut where they are long. */
    String transcript() {
        final StringBuilder text = new StringBuilder();
        text.append("request:  ")
                .append(request.method())
                .append(' ')
                .append(request.uri())
                .append('\n');
        appendHeaders(text, request.headers().map());
        appendBody(text, sent);
        text.append("response: ").append(status()).append('\n');
        appendHeaders(text, response.headers().map());
        appendBody(text, response.body());
        return text.toString();
    }

    private static void appendHeaders(final StringBuilder text, final Map<String, List<String>> headers) {
        headers.forEach((name, values) -> text.append("    ")
                .append(name)
                .append(": ")
                .append(String.join(", ", values))
                .append('\n'));
    }

    private static void appendBody(final StringBuilder text, final byte[] body) {
        if (body.length == 0) {
            return;
        }
        final String whole = new String(body, StandardCharsets.UTF_8);
        final String cut = whole.length() <= MAX_SHOWN ? whole : whole.substring(0, MAX_SHOWN) + "…";
        final boolean isText = cut.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
        final String size = "(" + body.length + " bytes)";
        final String shown = !isText ? size : cut.length() == whole.length() ? whole : cut + " " + size;
        shown.lines().forEach(line -> text.append("    ").append(line).append('\n'));
    }
}
