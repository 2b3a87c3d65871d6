package io.taktdb.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taktdb.api.testing.TestServer;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our documents against the schemas that their standards publish, and answers against our documents. */
final class PublicSchemasTest {
    private static final SchemaRegistry DRAFT_7 = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    private static final SchemaRegistry DRAFT_2020 =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static TestServer server;
    private static JsonNode document;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        document = server.rpc("{\"jsonrpc\":\"2.0\",\"method\":\"rpc.discover\",\"id\":1}")
                .json()
                .get("result");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode resource(final String name) throws IOException {
        try (InputStream in = PublicSchemasTest.class.getResourceAsStream("/contract/" + name)) {
            return StrictJson.mapper().readTree(in);
        }
    }

    @Test
    void shouldBeValidOpenRpcWhenDiscovered() throws IOException {
        assertEquals(List.of(), DRAFT_7.getSchema(resource("openrpc-1.3.json")).validate(document));
    }

    @Test
    void shouldHaveValidSchemasForEveryParameterAndResult() {
        final Schema meta = DRAFT_7.getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"));
        for (final JsonNode method : document.get("methods")) {
            final String name = method.get("name").asText();
            method.get("params")
                    .forEach(param -> assertEquals(List.of(), meta.validate(param.get("schema")), name + param));
            assertEquals(List.of(), meta.validate(method.at("/result/schema")), name);
            assertFalse(method.get("summary").isMissingNode(), name);
        }
    }

    @Test
    void shouldBeValidOpenApiWhenServed() throws IOException {
        final JsonNode openApi = server.get("/openapi.json").json();
        assertEquals(
                List.of(), DRAFT_2020.getSchema(resource("openapi-3.1.json")).validate(openApi));
    }

    @Test
    void shouldFindWhatIsWrongWithADocumentThatIsNot() throws IOException {
        final JsonNode wrong = TestServer.json("{\"openrpc\":\"1.3.2\",\"info\":{},\"methods\":[{\"name\":1}]}");
        assertFalse(
                DRAFT_7.getSchema(resource("openrpc-1.3.json")).validate(wrong).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "math.subtract | [42, 23]",
                "test.echo | {\"text\":\"ab\",\"number\":7,\"flag\":true}",
                "test.echo | {\"text\":\"\"}",
                "test.nothing | []",
            })
    void shouldAnswerProceduresAsTheirRecordsSay(final String method, final String params) {
        JsonNode shape = null;
        for (final JsonNode one : document.get("methods")) {
            shape = one.get("name").asText().equals(method) ? one.at("/result/schema") : shape;
        }
        final JsonNode answer = server.rpc(
                        "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + ",\"id\":1}")
                .json();
        assertEquals(List.of(), DRAFT_7.getSchema(shape).validate(answer.get("result")), answer + " " + shape);
    }

    @Test
    void shouldDescribeRecordsWithTheirComponents() {
        for (final JsonNode method : document.get("methods")) {
            if ("test.echo".equals(method.get("name").asText())) {
                assertEquals(
                        "{\"type\":[\"array\",\"null\"],\"items\":{\"type\":[\"string\",\"null\"]}}",
                        method.at("/result/schema/properties/letters").toString());
                assertEquals(4, method.at("/result/schema/required").size());
            }
        }
    }
}
