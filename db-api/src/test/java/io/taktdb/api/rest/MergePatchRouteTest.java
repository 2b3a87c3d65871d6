package io.taktdb.api.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PATCH into documents and composites: members are merged, at every door that updates records. */
final class MergePatchRouteTest {
    private static TestServer server;
    private static String record;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        make("/v1/types", "{'name':'Spot','fields':[{'name':'x','type':'f32'},{'name':'y','type':'f32'}]}");
        make(
                "/v1/types",
                "{'name':'Pose','kind':'composite','members':"
                        + "[{'name':'at','type':'Spot'},{'name':'yaw','type':'f32'}]}");
        make(
                "/v1/tables",
                "{'name':'actor','fields':[{'name':'bag','type':'json','optional':true},"
                        + "{'name':'pose','type':'Pose','optional':true},{'name':'hp','type':'i32','default':1}]}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer make(final String path, final String body) {
        final Answer made = server.post(path, json(body));
        assertEquals(201, made.status(), made.toString());
        record = made.header("location");
        return made;
    }

    private static String json(final String text) {
        return text.replace('\'', '"');
    }

    private static String patched(final String body) {
        final Answer answer = server.patch(record, json(body));
        assertEquals(200, answer.status(), answer.toString());
        assertEquals(answer.body(), server.get(record).body());
        return answer.body().replace('"', '\'');
    }

    @Test
    void shouldMergeMembersWhenTheFieldHoldsADocument() {
        make("/v1/tables/actor/records", "{'bag':{'gold':9007199254740993,'items':{'sword':1,'bow':2}}}");
        assertTrue(patched("{'bag':{'items':{'bow':null,'axe':3},'note':'new'}}")
                .contains("'bag':{'gold':9007199254740993,'items':{'sword':1,'axe':3},'note':'new'}"));
        assertTrue(patched("{'bag':[1,{'a':null}]}").contains("'bag':[1,{'a':null}]"));
        assertTrue(patched("{'bag':{'a':{'b':null}}}").contains("'bag':{'a':{}}"));
        assertTrue(patched("{'bag':null,'hp':4}").contains("'bag':null,'pose':null,'hp':4"));
        assertTrue(patched("{'bag':{'k':1,'l':null}}").contains("'bag':{'k':1}"));
    }

    @Test
    void shouldKeepTheOtherMembersWhenAPartOfACompositeIsSent() {
        make("/v1/tables/actor/records", "{'pose':{'at':{'x':1,'y':2},'yaw':3}}");
        assertTrue(patched("{'pose':{'at':{'y':9}}}").contains("'pose':{'at':{'x':1,'y':9},'yaw':3}"));
        final Answer refused =
                server.patch(record, json("{'pose':{'at':{'z':1,'x':'far'}},'hp':'full','bag':{'a':1}}"));
        assertEquals(422, refused.status(), refused.toString());
        final String detail = refused.json().get("detail").asText();
        for (final String fault : new String[] {"pose.at.z", "pose.at.x", "hp"}) {
            assertTrue(detail.contains(fault + ": expected"), detail);
        }
        assertTrue(server.get(record).body().replace('"', '\'').contains("'at':{'x':1,'y':9}"));
    }

    @Test
    void shouldNameWhatIsMissingWhenACompositeWasNullBefore() {
        make("/v1/tables/actor/records", "{}");
        final Answer refused = server.patch(record, json("{'pose':{'yaw':1}}"));
        assertEquals(422, refused.status(), refused.toString());
        assertTrue(refused.json().get("detail").asText().contains("pose.at: expected"), refused.toString());
        final Answer removed = server.patch(record, json("{'pose':{'at':{'x':1,'y':1},'yaw':null}}"));
        assertEquals(422, removed.status(), removed.toString());
    }

    @Test
    void shouldMergeWhenATransactionOrACallUpdates() {
        make("/v1/tables/actor/records", "{'bag':{'a':1}}");
        final String id = record.substring(record.lastIndexOf('/') + 1);
        final String update = "{'update':{'table':'actor','id':" + id + ",'record':{'bag':{'%s':2}}}}";
        final Answer done = server.post(
                "/v1/transactions",
                json("{'operations':[" + update.formatted("b") + "," + update.formatted("c") + "]}"));
        assertEquals(200, done.status(), done.toString());
        final Answer called = server.post(
                "/rpc",
                json("{'jsonrpc':'2.0','id':1,'method':'table.update','params':{'table':'actor','id':" + id
                        + ",'record':{'bag':{'a':null,'d':3}}}}"));
        assertEquals(200, called.status(), called.toString());
        assertTrue(server.get(record).body().contains(json("'bag':{'b':2,'c':2,'d':3}")));
    }

    @Test
    void shouldRefuseToMergeIntoADocumentBeyondTheLimit() {
        make("/v1/tables/actor/records", "{'bag':{'long':'" + "x".repeat(1024 * 1024) + "'}}");
        final Answer refused = server.patch(record, json("{'bag':{'k':1}}"));
        assertEquals(400, refused.status(), refused.toString().substring(0, 200));
        assertTrue(refused.json().get("detail").asText().contains("limit=1048576; replace the record with PUT"));
        assertEquals(200, server.patch(record, json("{'bag':5}")).status());
    }
}
