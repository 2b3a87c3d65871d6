package io.taktdb.cli.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.exit.CliFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Turns what a server says no with, over HTTP or in JSON-RPC, into a failure to show. */
final class Refusal {
    private static final int SHOWN_CHARACTERS = 200;

    private Refusal() {}

    /** The failure of an HTTP status of 400 or more. */
    static CliFailure ofHttp(final int status, final byte[] body) {
        try {
            final JsonNode problem = Answer.JSON.readTree(body);
            if (problem != null && problem.path("code").isTextual()) {
                return ofProblem(problem);
            }
        } catch (final IOException e) {
            // not JSON: fall through and show what came
        }
        final String text = new String(body, StandardCharsets.UTF_8).strip();
        final String shown = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
        return CliFailure.refused(
                "HTTP " + status, (shown.isEmpty() ? "no body" : shown) + "; is this a TaktDB server?", null);
    }

    /** The failure of a JSON-RPC {@code error} member: the problem in its data if there is one, else its own words. */
    static CliFailure ofRpc(final JsonNode error) {
        final JsonNode data = error.path("data");
        if (data.path("code").isTextual()) {
            return ofProblem(data);
        }
        final String more =
                data.isMissingNode() || data.isNull() ? "" : ": " + (data.isTextual() ? data.asText() : data);
        return CliFailure.refused(
                error.path("code").asText("?"), error.path("message").asText("no message") + more, error.toString());
    }

    private static CliFailure ofProblem(final JsonNode problem) {
        final String detail =
                problem.path("detail").asText(problem.path("title").asText(""));
        return CliFailure.refused(problem.path("code").asText(), detail, problem.toString());
    }
}
