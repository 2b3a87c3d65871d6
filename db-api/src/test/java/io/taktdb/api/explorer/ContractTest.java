package io.taktdb.api.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taktdb.api.http.Route;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document against the router, in both directions, and its examples against a server. */
final class ContractTest {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static TestServer server;
    private static JsonNode contract;

    /** One operation of the document. */
    private record Operation(String path, String method, JsonNode item, JsonNode node) {
        int order() {
            return node.path("x-example-order").asInt(40);
        }

        @Override
        public String toString() {
            return method.toUpperCase(Locale.ROOT) + ' ' + path;
        }
    }

    @BeforeAll
    static void start() {
        server = TestServer.start();
        contract = server.get("/openapi.json").json();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Operation> operations() {
        final List<Operation> operations = new ArrayList<>();
        contract.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(entry -> {
                    if (METHODS.contains(entry.getKey())) {
                        operations.add(new Operation(path.getKey(), entry.getKey(), path.getValue(), entry.getValue()));
                    }
                }));
        return operations;
    }

    @Test
    void shouldDocumentEveryRouteAndNoOther() {
        final Set<String> routes = new TreeSet<>();
        for (final Route route : server.api().router().routes()) {
            routes.add(route.method()
                    + ' '
                    + route.pattern()
                    + ' '
                    + route.role().name().toLowerCase(Locale.ROOT));
        }
        final Set<String> documented = new TreeSet<>();
        for (final Operation operation : operations()) {
            documented.add(operation + " " + operation.node().path("x-role").asText("(no x-role)"));
        }
        assertEquals(String.join("\n", routes), String.join("\n", documented), "routes against openapi.yaml");
    }

    @Test
    void shouldDocumentWhatEveryRouteReadsAndAnswers() {
        for (final Operation operation : operations()) {
            final Route route = server.api().router().routes().stream()
                    .filter(one -> (one.method() + ' ' + one.pattern()).equals(operation.toString()))
                    .findFirst()
                    .orElseThrow();
            final List<String> reads = new ArrayList<>();
            operation.node().at("/requestBody/content").fieldNames().forEachRemaining(reads::add);
            assertEquals(Set.copyOf(route.body().mediaTypes()), Set.copyOf(reads), operation.toString());
            final JsonNode success = success(operation);
            if (success.has("content")) {
                final String type = success.get("content").fieldNames().next();
                assertTrue(route.produces().startsWith(type), operation + " answers " + route.produces());
            }
            assertTrue(operation.node().at("/responses/default").has("$ref"), operation + " lacks errors");
            assertFalse(operation.node().path("summary").asText().isEmpty(), operation.toString());
        }
    }

    private static JsonNode resolve(final JsonNode node) {
        return node.has("$ref") ? contract.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static String successStatus(final Operation operation) {
        return operation.node().get("responses").fieldNames().next();
    }

    private static JsonNode success(final Operation operation) {
        return resolve(operation.node().get("responses").get(successStatus(operation)));
    }

    @Test
    void shouldAnswerEveryExampleAsDocumented() {
        final List<Operation> inOrder = new ArrayList<>(operations());
        inOrder.sort(Comparator.comparingInt(Operation::order));
        int sent = 0;
        for (final Operation operation : inOrder) {
            final JsonNode json = operation.node().at("/requestBody/content/application~1json/example");
            if (operation.node().has("requestBody") && json.isMissingNode()
                    || operation.node().has("x-endless")) {
                continue;
            }
            final Answer answer = server.send(
                    operation.method().toUpperCase(Locale.ROOT),
                    target(operation),
                    json.isMissingNode() ? null : json.toString());
            assertEquals(successStatus(operation), String.valueOf(answer.status()), operation + ": " + answer);
            if (!json.isMissingNode()) {
                final JsonNode schema = operation.node().at("/requestBody/content/application~1json/schema");
                assertEquals(List.of(), errors(schema, json), operation + " example");
            }
            final JsonNode schema = success(operation).at("/content/application~1json/schema");
            if (!schema.isMissingNode()) {
                assertEquals(List.of(), errors(schema, answer.json()), operation + ": " + answer);
            }
            sent++;
        }
        assertTrue(sent > 40, "examples sent: " + sent);
    }

    /** Path parameters from their examples; query parameters that say so. */
    private static String target(final Operation operation) {
        String path = operation.path();
        final StringBuilder query = new StringBuilder();
        final List<JsonNode> parameters = new ArrayList<>();
        operation.item().path("parameters").forEach(parameters::add);
        operation.node().path("parameters").forEach(parameters::add);
        for (final JsonNode one : parameters) {
            final JsonNode parameter = resolve(one);
            final JsonNode example = parameter.path("example");
            if ("path".equals(parameter.get("in").asText())) {
                path = path.replace("{" + parameter.get("name").asText() + "}", example.asText());
            } else if (parameter.path("x-send").asBoolean() && example.isObject()) {
                example.properties()
                        .forEach(entry ->
                                append(query, entry.getKey(), entry.getValue().asText()));
            } else if (parameter.path("x-send").asBoolean()) {
                append(query, parameter.get("name").asText(), example.isMissingNode() ? "true" : example.asText());
            }
        }
        return path + query;
    }

    private static void append(final StringBuilder query, final String name, final String value) {
        query.append(query.length() == 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private static List<Error> errors(final JsonNode schema, final JsonNode value) {
        final ObjectNode whole = contract.deepCopy();
        whole.removeAll();
        whole.set("components", contract.get("components"));
        whole.set("allOf", TestServer.json("[]"));
        ((com.fasterxml.jackson.databind.node.ArrayNode) whole.get("allOf")).add(schema);
        final Schema compiled = SCHEMAS.getSchema(whole);
        return compiled.validate(value);
    }

    @Test
    void shouldReferOnlyToWhatIsThereAndBeValidSchemas() {
        final List<String> dangling = new ArrayList<>();
        contract.findValuesAsText("$ref").forEach(ref -> {
            if (contract.at(ref.substring(1)).isMissingNode()) {
                dangling.add(ref);
            }
        });
        assertEquals(List.of(), dangling);
        final Schema meta = SCHEMAS.getSchema(
                com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        contract.at("/components/schemas")
                .properties()
                .forEach(entry -> assertEquals(List.of(), meta.validate(entry.getValue()), entry.getKey()));
        assertEquals("3.1.0", contract.get("openapi").asText());
        final Set<String> ids = new TreeSet<>();
        for (final Operation operation : operations()) {
            assertTrue(
                    ids.add(operation.node().path("operationId").asText()),
                    operation + " needs an operationId of its own");
        }
    }

    @Test
    void shouldServeTheSourceAndAPage() {
        assertTrue(server.get("/openapi.yaml").body().startsWith("openapi: 3.1.0"));
        final Answer page = server.get("/explore");
        assertEquals("text/html; charset=utf-8", page.header("content-type"));
        assertTrue(page.body().contains("openapi.json"), page.body());
        assertEquals(400, server.get("/openapi.yaml?x=1").status());
        assertEquals(
                406, server.send("GET", "/explore", null, "Accept", "image/png").status());
    }
}
