package io.taktdb.api.explorer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.types.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The contract as YAML and as JSON, and the page for people. Threading: event loops. */
public final class ExplorerRoutes {
    private static final String YAML = "application/yaml";
    private static final String HTML = "text/html";

    private final String yaml = resource("openapi.yaml");
    private final String json = toJson(yaml);
    private final String page = resource("explore.html");

    public List<Route> routes() {
        return List.of(
                Route.get("/openapi.yaml", Role.PUBLIC, YAML, exchange -> answer(exchange, YAML, yaml)),
                Route.get(
                        "/openapi.json",
                        Role.PUBLIC,
                        exchange -> answer(exchange, "application/json; charset=utf-8", json)),
                Route.get("/explore", Role.PUBLIC, HTML, exchange -> answer(exchange, HTML + "; charset=utf-8", page)));
    }

    private static void answer(final Exchange exchange, final String type, final String text) {
        exchange.query().only();
        exchange.respond(Response.of(200)
                .text(type, text, exchange.allocator())
                .header("x-content-type-options", "nosniff")
                .header("content-security-policy", "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'"));
    }

    private static String resource(final String name) {
        try (InputStream in = ExplorerRoutes.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String toJson(final String text) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = StrictJson.generator(bytes)) {
            final JsonNode tree = new YAMLMapper().readTree(text);
            StrictJson.mapper().writeTree(out, tree);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
