package io.taktdb.api.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Relations, indexes and unique fields over HTTP. */
final class RelationsTest {
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
        expect(201, post("/v1/tables", "{'name':'users','fields':[{'name':'name','type':'string','unique':true}]}"));
        expect(201, post("/v1/tables", "{'name':'posts','fields':[{'name':'user','type':'u64','optional':true}]}"));
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

    private Answer relate(final String onDelete) {
        return post(
                "/v1/relations",
                "{'source_table':'posts','source_field':'user','destination_table':'users','on_delete':'" + onDelete
                        + "'}");
    }

    @Test
    void shouldShowARelationFromItsMakingToItsEnd() {
        final Answer made = expect(201, relate("restrict"));
        assertEquals("/v1/relations/1", made.header("location"));
        assertEquals(
                "{\"id\":1,\"source_table\":\"posts\",\"source_field\":\"user\",\"destination_table\":\"users\","
                        + "\"on_delete\":\"restrict\"}",
                made.body());
        assertEquals(made.body(), expect(200, server.get("/v1/relations/1")).body());
        assertEquals('[' + made.body() + ']', server.get("/v1/relations").body());
        assertEquals(
                made.json(), server.get("/v1/schema").json().get("relations").get(0));
        expect(409, relate("cascade"));
        expect(204, server.delete("/v1/relations/1"));
        expect(404, server.delete("/v1/relations/1"));
        expect(404, server.get("/v1/relations/1"));
        expect(400, server.get("/v1/relations/one"));
        assertEquals("[]", server.get("/v1/relations").body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|400",
                "[]|400",
                "{|400",
                "{'source_table':'post','source_field':'user','destination_table':'users'}|404",
                "{'source_table':'posts','source_field':'usr','destination_table':'users'}|404",
                "{'source_table':'posts','source_field':'user','destination_table':'user'}|404",
                "{'source_table':'users','source_field':'name','destination_table':'users'}|400"
            })
    void shouldRefuseAndChangeNothingWhenARelationIsWrong(final String json, final int status) {
        final String before = server.get("/v1/schema").body();
        expect(status, post("/v1/relations", json));
        assertEquals(before, server.get("/v1/schema").body());
    }

    @Test
    void shouldAnswerConflictWhenARelationWouldBreak() {
        expect(201, relate("restrict"));
        expect(409, post("/v1/tables/posts/records", "{'user':1}"));
        expect(201, post("/v1/tables/users/records", "{'name':'ann'}"));
        expect(201, post("/v1/tables/posts/records", "[{'user':1},{'user':1}]"));
        final Answer refused = expect(409, server.delete("/v1/tables/users/records/1"));
        assertEquals("posts", refused.json().get("table").asText());
        assertEquals("[\"1\",\"2\"]", refused.json().get("ids").toString());
        expect(409, server.delete("/v1/tables/posts/fields/user"));
        expect(409, server.delete("/v1/tables/users"));
        expect(204, server.delete("/v1/tables/users?cascade=true"));
        assertEquals("[]", server.get("/v1/relations").body());
        expect(200, server.get("/v1/tables/posts/records/1"));
    }

    @Test
    void shouldTakeAlongReferrersWhenADeleteCascades() {
        expect(201, relate("cascade"));
        expect(201, post("/v1/tables/users/records", "[{'name':'ann'},{'name':'bob'}]"));
        expect(201, post("/v1/tables/posts/records", "[{'user':1},{'user':2},{'user':1}]"));
        expect(204, server.delete("/v1/tables/users/records/1"));
        assertEquals(1, server.get("/v1/tables/posts/records").json().size());
    }

    @Test
    void shouldAnswerConflictWhenAUniqueValueExists() {
        expect(201, post("/v1/tables/users/records", "{'name':'ann'}"));
        final Answer refused = expect(409, post("/v1/tables/users/records", "[{'name':'bob'},{'name':'ann'}]"));
        assertEquals("name_unique", refused.json().get("index").asText());
        assertEquals("1", refused.json().get("existing").asText());
        assertEquals(1, server.get("/v1/tables/users/records").json().size());
        final String table =
                server.get("/v1/schema").json().get("tables").get(0).toString();
        assertTrue(table.contains("\"unique\":true"), table);
    }

    @Test
    void shouldMakeAndDropAnIndex() {
        final Answer made =
                expect(201, post("/v1/tables/posts/indexes", "{'name':'by_user','fields':['user'],'unique':true}"));
        assertEquals("/v1/tables/posts/indexes/by_user", made.header("location"));
        assertEquals("by_user", made.json().get("indexes").get(0).get("name").asText());
        expect(409, post("/v1/tables/posts/indexes", "{'name':'by_user','fields':['user']}"));
        expect(404, post("/v1/tables/posts/indexes", "{'name':'other','fields':['usr']}"));
        expect(201, post("/v1/tables/posts/records", "{'user':1}"));
        expect(409, post("/v1/tables/posts/records", "{'user':1}"));
        expect(204, server.delete("/v1/tables/posts/indexes/by_user"));
        expect(404, server.delete("/v1/tables/posts/indexes/by_user"));
        expect(201, post("/v1/tables/posts/records", "{'user':1}"));
    }
}
