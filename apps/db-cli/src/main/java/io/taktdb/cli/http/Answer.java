package io.taktdb.cli.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.taktdb.cli.exit.CliFailure;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What the server answered: a status below 400, its headers, and the body as it came. */
public final class Answer {
    /** Reads numbers without loss: integers of any size, decimals with all their digits. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    Answer(final HttpResponse<byte[]> response) {
        status = response.statusCode();
        headers = response.headers();
        body = response.body();
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public Optional<String> header(final String name) {
        return headers.firstValue(name);
    }

    /**
     * The body as JSON.
     *
     * @throws CliFailure it is none, so that this is hardly a TaktDB server
     */
    public JsonNode json() {
        try {
            final JsonNode tree = JSON.readTree(body);
            if (tree != null && !tree.isMissingNode()) {
                return tree;
            }
        } catch (final JsonProcessingException e) {
            throw notJson();
        } catch (final java.io.IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
        throw notJson();
    }

    private CliFailure notJson() {
        return CliFailure.refused(
                "HTTP " + status, "the answer is not JSON: bytes=" + body.length + "; is this a TaktDB server?", null);
    }
}
