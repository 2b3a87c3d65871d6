package io.taktdb.api.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole schema at once: what there is against what is wanted. */
final class SchemaPutTest {
    private static final String SCHEMA = "/v1/schema";
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
        assertEquals(
                201,
                server.post(
                                "/v1/tables",
                                "{\"name\":\"mob\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"},"
                                        + "{\"name\":\"name\",\"type\":\"string\",\"optional\":true}]}")
                        .status());
        assertEquals(
                201,
                server.post("/v1/tables/mob/records", "{\"hp\":7,\"name\":\"a\"}")
                        .status());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ObjectNode schema() {
        return (ObjectNode) server.get(SCHEMA).json();
    }

    private static ArrayNode fields(final ObjectNode schema) {
        return (ArrayNode) schema.at("/tables/0/fields");
    }

    @Test
    void shouldDoNothingWhenNothingDiffers() {
        final Answer before = server.get(SCHEMA);
        final Answer same = server.put(SCHEMA, before.body());
        assertEquals(200, same.status(), same.toString());
        assertEquals(0, same.json().get("steps").size(), same.toString());
        assertEquals(before.header("etag"), same.header("etag"));
        assertEquals(before.body(), server.get(SCHEMA).body());
    }

    @Test
    void shouldMoveToTheWantedSchemaInOneCommitAndKeepRows() {
        final ObjectNode wanted = schema();
        ((ObjectNode) fields(wanted).get(0)).put("type", "i64");
        fields(wanted).addObject().put("name", "level").put("type", "u8").put("default", 1);
        final ObjectNode clan = ((ArrayNode) wanted.get("tables")).addObject();
        clan.put("name", "clan")
                .putArray("fields")
                .addObject()
                .put("name", "size")
                .put("type", "u32");

        final String before = server.get(SCHEMA).body();
        final Answer plan = server.put(SCHEMA + "?dryRun=true", wanted.toString());
        assertEquals(200, plan.status(), plan.toString());
        assertTrue(plan.json().get("dryRun").asBoolean());
        assertEquals(3, plan.json().get("steps").size(), plan.toString());
        assertEquals("widen_field", plan.json().at("/steps/0/step/change").asText());
        assertFalse(plan.json().at("/steps/0/losesData").asBoolean());
        assertEquals(before, server.get(SCHEMA).body());

        final Answer done = server.put(SCHEMA, wanted.toString());
        assertEquals(200, done.status(), done.toString());
        assertEquals(plan.json().get("steps"), done.json().get("steps"));
        assertEquals(server.get(SCHEMA).header("etag"), done.header("etag"));
        assertEquals(
                "{\"id\":1,\"hp\":7,\"name\":\"a\",\"level\":1}",
                server.get("/v1/tables/mob/records/1").body());
        assertEquals("[]", server.get("/v1/tables/clan/records").body());
        assertEquals(
                0, server.put(SCHEMA, wanted.toString()).json().get("steps").size());
    }

    @Test
    void shouldRefuseToLoseDataUnlessAllowed() {
        final ObjectNode wanted = schema();
        fields(wanted).remove(1);
        final String before = server.get(SCHEMA).body();
        final Answer refused = server.put(SCHEMA, wanted.toString());
        assertEquals(409, refused.status(), refused.toString());
        assertEquals("drop field mob.name", refused.json().at("/steps/0").asText(), refused.toString());
        assertEquals(before, server.get(SCHEMA).body());
        assertTrue(server.put(SCHEMA + "?dryRun=true", wanted.toString())
                .json()
                .at("/steps/0/losesData")
                .asBoolean());
        final Answer done = server.put(SCHEMA + "?allowDrop=true", wanted.toString());
        assertEquals(200, done.status(), done.toString());
        assertEquals(
                "{\"id\":1,\"hp\":7}", server.get("/v1/tables/mob/records/1").body());
        final Answer all = server.put(SCHEMA + "?allowDrop", "{\"types\":[],\"tables\":[],\"relations\":[]}");
        assertEquals(200, all.status(), all.toString());
        assertEquals("[]", server.get("/v1/tables").body());
    }

    @Test
    void shouldChangeOnlyTheSchemaThatTheClientKnows() {
        final String tag = server.get(SCHEMA).header("etag");
        final ObjectNode wanted = schema();
        fields(wanted).addObject().put("name", "level").put("type", "u8").put("default", 1);
        assertEquals(304, server.send("GET", SCHEMA, null, "If-None-Match", tag).status());
        final Answer done = server.send("PUT", SCHEMA, wanted.toString(), "If-Match", tag);
        assertEquals(200, done.status(), done.toString());
        assertNotEquals(tag, done.header("etag"));
        final String before = server.get(SCHEMA).body();
        fields(wanted).addObject().put("name", "more").put("type", "u8").put("default", 1);
        final Answer stale = server.send("PUT", SCHEMA, wanted.toString(), "If-Match", tag);
        assertEquals(412, stale.status(), stale.toString());
        assertEquals(before, server.get(SCHEMA).body());
        assertEquals(200, server.send("GET", SCHEMA, null, "If-None-Match", tag).status());
        assertEquals(
                "attachment; filename=\"schema.json\"",
                server.get(SCHEMA + "?download").header("content-disposition"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|400|INVALID_JSON",
                "{|400|INVALID_JSON",
                "[]|400|INVALID_SCHEMA",
                "{'tables':3}|400|INVALID_SCHEMA",
                "{'tables':[{'name':'mob','fields':[{'name':'hp','type':'dog'}]}]}|400|INVALID_SCHEMA",
                "{'tables':[{'name':'1','fields':[]}]}|400|INVALID_NAME",
                "{'tables':[{'name':'a','fields':[]},{'name':'A','fields':[]}]}|409|ALREADY_EXISTS",
                "{'tables':[{'name':'mob','maxRows':5,'fields':[{'name':'hp','type':'i32'}]}]}|409|CONFLICT",
                "{'tables':[]} 3|400|INVALID_JSON",
                "{'tables':3,|400|INVALID_JSON",
                "{'tables':[{'name':'1','fields':[]}],'types':x}|400|INVALID_JSON"
            })
    void shouldRefuseWhatIsNoSchemaAndChangeNothing(final String body, final int status, final String code) {
        final String before = server.get(SCHEMA).body();
        final Answer refused = server.put(SCHEMA, body == null ? "" : body.replace('\'', '"'));
        assertEquals(status, refused.status(), refused.toString());
        assertEquals(code, refused.code(), refused.toString());
        assertEquals(400, server.put(SCHEMA + "?dryrun=true", before).status());
        assertEquals(before, server.get(SCHEMA).body());
    }
}
