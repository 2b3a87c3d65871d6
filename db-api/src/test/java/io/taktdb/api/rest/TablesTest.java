package io.taktdb.api.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables, fields, types and the schema over HTTP. */
final class TablesTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer create(final String json) {
        return server.post("/v1/tables", json.replace('\'', '"'));
    }

    @Test
    void shouldListTableWithFiguresWhenMade() {
        final Answer made = create("{'name':'player','fields':[{'name':'hp','type':'i32'},{'name':'x','type':'f64'}]}");
        assertEquals(201, made.status(), made.toString());
        assertEquals("/v1/tables/player", made.header("location"));
        server.post("/v1/tables/player/records", "{\"hp\":1,\"x\":2}");
        final JsonNode table = server.get("/v1/tables/player").json();
        assertEquals(1, table.get("rows").asInt());
        assertEquals(20, table.get("rowBytes").asInt());
        assertTrue(table.get("bytes").asLong() >= 20);
        final JsonNode fields = table.get("layout").get("fields");
        assertEquals(
                fields.get(0).get("offset").asInt()
                        + 4 * table.get("layout").get("rowsPerChunk").asInt(),
                fields.get(1).get("offset").asInt(),
                "fields are packed");
        assertTrue(server.get("/v1/tables").json().findValuesAsText("name").contains("player"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'fields':[]}|400",
                "{'name':null,'fields':[]}|400",
                "{'name':'','fields':[]}|400",
                "{'name':'a b','fields':[]}|400",
                "{'name':'a\"b','fields':[]}|400",
                "{'name':'1a','fields':[]}|400",
                "{'name':'ok'}|400",
                "{'name':'ok','fields':[{}]}|400",
                "{'name':'ok','fields':[{'name':'f'}]}|400",
                "{'name':'ok','fields':[{'name':'f','type':'nope'}]}|400",
                "{'name':'ok','fields':[{'name':'f','type':'i32','default':'x'}]}|400",
                "{'name':'ok','fields':[{'name':'id','type':'i32'}]}|400",
                "{'name':'ok','fields':[{'name':'f','type':'i32'},{'name':'F','type':'i32'}]}|409",
                "{'name':'ok','fields':[],'extra':1}|400",
                "[]|400",
                "{'name':'ok','fields':|400"
            })
    void shouldRefuseAndChangeNothingWhenTableIsWrong(final String json, final int status) {
        final String before = server.get("/v1/schema").body();
        final Answer answer = create(json);
        assertEquals(status, answer.status(), answer.toString());
        assertEquals(before, server.get("/v1/schema").body());
    }

    @Test
    void shouldAnswer409WhenNameExistsInAnyCase() {
        assertEquals(201, create("{'name':'Taken','fields':[]}").status());
        assertEquals("ALREADY_EXISTS", create("{'name':'Taken','fields':[]}").code());
        assertEquals("ALREADY_EXISTS", create("{'name':'TAKEN','fields':[]}").code());
    }

    @Test
    void shouldRenameAndDropTableWhenAsked() {
        create("{'name':'old','fields':[{'name':'a','type':'bool'}]}");
        server.post("/v1/tables/old/records", "{\"a\":true}");
        final Answer renamed = server.patch("/v1/tables/old", "{\"name\":\"renamed\"}");
        assertEquals("renamed", renamed.json().get("name").asText(), renamed.toString());
        assertEquals(404, server.get("/v1/tables/old").status());
        assertEquals(
                "{\"id\":1,\"a\":true}",
                server.get("/v1/tables/renamed/records/1").body());
        assertEquals(400, server.patch("/v1/tables/renamed", "{}").status());
        assertEquals(400, server.patch("/v1/tables/renamed", "{\"name\":3}").status());
        assertEquals(400, server.patch("/v1/tables/renamed", "{\"nme\":\"x\"}").status());
        assertEquals(204, server.delete("/v1/tables/renamed?cascade=true").status());
        assertEquals(404, server.delete("/v1/tables/renamed").status());
        assertEquals(404, server.get("/v1/tables/renamed/records/1").status());
    }

    @Test
    void shouldKeepRowsWhenFieldsComeChangeAndGo() {
        create("{'name':'grow','fields':[{'name':'a','type':'i32'}]}");
        server.post("/v1/tables/grow/records", "{\"a\":5}");
        final Answer added =
                server.post("/v1/tables/grow/fields", "{\"name\":\"b\",\"type\":\"string\",\"default\":\"x\"}");
        assertEquals(201, added.status(), added.toString());
        assertEquals("/v1/tables/grow/fields/b", added.header("location"));
        assertEquals(
                "{\"id\":1,\"a\":5,\"b\":\"x\"}",
                server.get("/v1/tables/grow/records/1").body());
        final Answer changed = server.patch("/v1/tables/grow/fields/a", "{\"name\":\"wide\",\"type\":\"f64\"}");
        assertEquals(200, changed.status(), changed.toString());
        assertEquals(
                "{\"id\":1,\"wide\":5,\"b\":\"x\"}",
                server.get("/v1/tables/grow/records/1").body());
        assertEquals(
                409,
                server.post("/v1/tables/grow/fields", "{\"name\":\"B\",\"type\":\"i8\"}")
                        .status());
        assertEquals(
                400,
                server.post("/v1/tables/grow/fields", "{\"name\":\"\",\"type\":\"i8\"}")
                        .status());
        assertEquals(
                404,
                server.post("/v1/tables/none/fields", "{\"name\":\"c\",\"type\":\"i8\"}")
                        .status());
        assertEquals(204, server.delete("/v1/tables/grow/fields/b").status());
        assertEquals(
                "FIELD_NOT_FOUND", server.delete("/v1/tables/grow/fields/b").code());
        assertEquals(
                "FIELD_NOT_FOUND",
                server.patch("/v1/tables/grow/fields/B", "{\"name\":\"c\"}").code());
        assertEquals("INVALID_NAME", server.delete("/v1/tables/grow/fields/").code());
        assertEquals(405, server.get("/v1/tables/grow/fields/wide").status());
        assertEquals(204, server.delete("/v1/tables/grow/fields/wide").status());
        assertEquals("{\"id\":1}", server.get("/v1/tables/grow/records/1").body());
    }

    @Test
    void shouldMakeAndDropTypesWhenNothingUsesThem() {
        final Answer made = server.post(
                "/v1/types",
                "{\"name\":\"Vec3\",\"kind\":\"composite\",\"members\":[{\"name\":\"x\",\"type\":\"f32\"}]}");
        assertEquals(201, made.status(), made.toString());
        assertEquals("/v1/types/Vec3", made.header("location"));
        assertEquals(made.body(), server.get("/v1/types/Vec3").body());
        assertTrue(server.get("/v1/types").body().contains(made.body()));
        assertEquals("TYPE_NOT_FOUND", server.get("/v1/types/Vec4").code());
        create("{'name':'placed','fields':[{'name':'at','type':'Vec3'}]}");
        assertEquals(
                "{\"id\":1,\"at\":{\"x\":1.5}}",
                server.post("/v1/tables/placed/records", "{\"at\":{\"x\":1.5}}").body());
        assertEquals(409, server.delete("/v1/types/Vec3").status());
        server.delete("/v1/tables/placed");
        assertEquals(204, server.delete("/v1/types/Vec3").status());
        assertEquals("TYPE_NOT_FOUND", server.delete("/v1/types/Vec3").code());
    }

    @Test
    void shouldTellSchemaOnceWhenClientKnowsItsTag() {
        final Answer first = server.get("/v1/schema");
        final String tag = first.header("etag");
        final Answer same = server.send("GET", "/v1/schema", null, "If-None-Match", "\"other\", " + tag);
        assertEquals(304, same.status());
        assertEquals("", same.body());
        create("{'name':'tagged','fields':[]}");
        final Answer changed = server.send("GET", "/v1/schema", null, "If-None-Match", tag);
        assertEquals(200, changed.status());
        assertNotEquals(tag, changed.header("etag"));
        assertEquals(
                "attachment; filename=\"schema.json\"",
                server.get("/v1/schema?download").header("content-disposition"));
        assertEquals(400, server.get("/v1/schema?x=1").status());
    }
}
