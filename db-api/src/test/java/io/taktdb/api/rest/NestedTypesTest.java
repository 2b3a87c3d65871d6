package io.taktdb.api.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists, options, oneofs and refs over HTTP. */
final class NestedTypesTest {
    private static final String HEROES = "/v1/tables/hero/records";

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
        expect(
                201,
                post(
                        "/v1/types",
                        "{'name':'Vec2','kind':'composite','members':"
                                + "[{'name':'x','type':'f32'},{'name':'y','type':'f32'}]}"));
        expect(201, post("/v1/tables", "{'name':'item','fields':[{'name':'name','type':'string'}]}"));
        expect(
                201,
                post(
                        "/v1/tables",
                        "{'name':'hero','fields':["
                                + "{'name':'tags','type':'list<string>','default':['new']},"
                                + "{'name':'goal','type':'option<Vec2>'},"
                                + "{'name':'act','type':'oneof{rest: bool, walk: list<Vec2>}','default':{'rest':true}},"
                                + "{'name':'weapon','type':'ref<item>','optional':true}]}"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer post(final String path, final String json) {
        return server.post(path, json.replace('\'', '"'));
    }

    private static Answer expect(final int status, final Answer answer) {
        assertEquals(status, answer.status(), answer.toString());
        return answer;
    }

    private String hero(final long id) {
        return server.get(HEROES + '/' + id).body().replace('"', '\'');
    }

    @Test
    void shouldShowTypesAsTheyWereDeclared() {
        final JsonNode fields = server.get("/v1/tables/hero").json().get("fields");
        assertEquals("list<string>", fields.get(0).get("type").asText());
        assertEquals("option<Vec2>", fields.get(1).get("type").asText());
        assertEquals(
                "oneof{rest: bool, walk: list<Vec2>}", fields.get(2).get("type").asText());
        assertEquals("ref<item>", fields.get(3).get("type").asText());
        assertEquals("[\"new\"]", fields.get(0).get("default").toString());
        assertEquals(fields.get(3).get("type"), server.get("/v1/schema").json().at("/tables/1/fields/3/type"));
        expect(409, server.delete("/v1/types/Vec2"));
    }

    @Test
    void shouldKeepValuesThroughInsertPatchAndPut() {
        expect(201, post("/v1/tables/item/records", "{'name':'sword'}"));
        expect(201, post(HEROES, "{}"));
        assertEquals("{'id':1,'tags':['new'],'goal':null,'act':{'rest':true},'weapon':null}", hero(1));
        expect(
                201,
                post(
                        HEROES,
                        "{'tags':['a','a tag that is too long for the row'],'goal':{'x':1,'y':2},"
                                + "'act':{'walk':[{'x':3,'y':4},{'x':5,'y':6}]},'weapon':1}"));
        assertEquals(
                "{'id':2,'tags':['a','a tag that is too long for the row'],'goal':{'x':1,'y':2},"
                        + "'act':{'walk':[{'x':3,'y':4},{'x':5,'y':6}]},'weapon':1}",
                hero(2));
        expect(200, server.send("PATCH", HEROES + "/2", "{\"goal\":null,\"tags\":[]}"));
        assertEquals("{'id':2,'tags':[],'goal':null,'act':{'walk':[{'x':3,'y':4},{'x':5,'y':6}]},'weapon':1}", hero(2));
        expect(200, server.send("PUT", HEROES + "/2", "{\"goal\":{\"x\":7,\"y\":8}}"));
        assertEquals("{'id':2,'tags':['new'],'goal':{'x':7,'y':8},'act':{'rest':true},'weapon':null}", hero(2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tags':'a'}|tags",
                "{'tags':['a',1]}|tags[1]",
                "{'tags':null}|tags",
                "{'goal':{'x':1}}|goal.y",
                "{'goal':[1,2]}|goal",
                "{'act':{'rest':1}}|act.rest",
                "{'act':{'run':1}}|act.run",
                "{'act':{}}|act",
                "{'act':{'rest':true,'walk':[]}}|act",
                "{'act':{'walk':[{'x':1,'y':2},{'x':'NaN','y':'high'}]}}|act.walk[1].y",
                "{'act':null}|act",
                "{'weapon':'sword'}|weapon"
            })
    void shouldNameTheFieldAndChangeNothingWhenAValueDoesNotFit(final String json, final String field) {
        final Answer refused = expect(422, post(HEROES, json));
        assertEquals(1, refused.json().get("fields").size(), refused.body());
        assertEquals(field, refused.json().at("/fields/0/field").asText());
        assertEquals("[]", server.get(HEROES).body());
    }

    @Test
    void shouldCheckRefsAtTheEndAndRestrictDeletes() {
        expect(201, post("/v1/tables/item/records", "{'name':'sword'}"));
        final Answer dangling = expect(409, post(HEROES, "{'weapon':99}"));
        assertTrue(dangling.body().contains("value=99"), dangling.body());
        expect(201, post(HEROES, "{'weapon':1}"));
        final Answer restricted = expect(409, server.delete("/v1/tables/item/records/1"));
        assertEquals("[\"1\"]", restricted.json().get("ids").toString());
        expect(409, server.delete("/v1/tables/item"));
        expect(204, server.delete(HEROES + "/1"));
        expect(204, server.delete("/v1/tables/item/records/1"));
    }

    @Test
    void shouldRefuseTypesThatCannotBe() {
        final String before = server.get("/v1/schema").body();
        final String deep = "list<".repeat(17) + "i32" + ">".repeat(17);
        for (final String type :
                new String[] {"list<i23>", "list<ref<item>>", "option<option<i32>>", "oneof{}", deep}) {
            final Answer refused = post("/v1/tables/hero/fields", "{'name':'x','type':'" + type + "'}");
            assertEquals(400, refused.status(), refused.toString());
        }
        expect(404, post("/v1/tables/hero/fields", "{'name':'x','type':'ref<itme>'}"));
        expect(400, post("/v1/tables/hero/fields", "{'name':'x','type':'option<i32>','optional':true}"));
        expect(400, post("/v1/tables/hero/fields", "{'name':'x','type':'list<i32>','default':['a']}"));
        expect(400, post("/v1/tables/hero/fields", "{'name':'x','type':'list<i32>','unique':true}"));
        expect(400, post("/v1/tables/hero/indexes", "{'name':'by_tags','fields':['tags']}"));
        assertEquals(before, server.get("/v1/schema").body());
    }

    @Test
    @Tag("ct_1:test_default_values")
    @Tag("zc_1:test_null_bytes_valid_for_type")
    void shouldShowTheZeroValueInOldRowsWhenAFieldIsAdded() {
        expect(201, post(HEROES, "{}"));
        expect(201, post("/v1/tables/hero/fields", "{'name':'l','type':'list<i32>'}"));
        expect(201, post("/v1/tables/hero/fields", "{'name':'o','type':'option<i32>'}"));
        expect(201, post("/v1/tables/hero/fields", "{'name':'v','type':'oneof{a: Vec2, b: i32}'}"));
        final String row = hero(1);
        assertTrue(row.endsWith("'l':[],'o':null,'v':{'a':{'x':0,'y':0}}}"), row);
    }

    @Test
    void shouldFitPushedValuesOrWidenTheColumnToJson() {
        expect(201, post("/v1/push/hero", "{'tags':['x'],'goal':{'x':1,'y':1},'act':{'walk':[]}}"));
        assertEquals("{'id':1,'tags':['x'],'goal':{'x':1,'y':1},'act':{'walk':[]},'weapon':null}", hero(1));
        expect(201, post("/v1/push/hero", "{'tags':['y',5],'goal':null}"));
        assertEquals(
                "json",
                server.get("/v1/tables/hero").json().at("/fields/0/type").asText());
        assertTrue(hero(1).contains("'tags':['x']"), hero(1));
        assertTrue(hero(2).contains("'tags':['y',5]"), hero(2));
        expect(409, post("/v1/push/hero", "{'weapon':5}"));
        assertEquals("2", server.get(HEROES).header("x-total-count"));
    }
}
