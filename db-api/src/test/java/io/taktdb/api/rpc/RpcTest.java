package io.taktdb.api.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON-RPC 2.0 to the letter: the examples of the specification, and every corner that it names. */
final class RpcTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer rpc(final String message) {
        return server.rpc(message.replace('\'', '"'));
    }

    private static String call(final String method, final String params, final String id) {
        return "{'jsonrpc':'2.0','method':'" + method + "'" + (params == null ? "" : ",'params':" + params) + ",'id':"
                + id + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'jsonrpc':'2.0','method':'math.subtract','params':[42,23],'id':1}|"
                        + "{'jsonrpc':'2.0','result':19,'id':1}",
                "{'jsonrpc':'2.0','method':'math.subtract','params':[23,42],'id':2}|"
                        + "{'jsonrpc':'2.0','result':-19,'id':2}",
                "{'jsonrpc':'2.0','method':'math.subtract','params':{'subtrahend':23,'minuend':42},'id':3}|"
                        + "{'jsonrpc':'2.0','result':19,'id':3}",
                "{'id':4,'params':{'minuend':42,'subtrahend':23},'method':'math.subtract','jsonrpc':'2.0'}|"
                        + "{'jsonrpc':'2.0','result':19,'id':4}",
                "{'jsonrpc':'2.0','method':'test.nothing','id':'x'}|{'jsonrpc':'2.0','result':null,'id':'x'}"
            })
    @Tag("rp_1:procedure_execution_via_rpc")
    void shouldAnswerResultWhenCalled(final String message, final String answer) {
        final Answer came = rpc(message);
        assertEquals(200, came.status());
        assertEquals("application/json; charset=utf-8", came.header("content-type"));
        assertEquals(answer.replace('\'', '"'), came.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "-1.50e+2", "123456789012345678901234567890", "\"\"", "\"a\\u0041\\\"\\\\é\"", "null", "0.0"
            })
    void shouldEchoIdExactlyWhenItIsLegal(final String id) {
        final String body = server.rpc("{\"jsonrpc\":\"2.0\",\"id\" : " + id + " ,\"method\":\"test.nothing\"}")
                .body();
        assertEquals("{\"jsonrpc\":\"2.0\",\"result\":null,\"id\":" + id + "}", body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'jsonrpc':'2.0','method':'foobar,'params':'bar','baz]|-32700|null",
                "true|-32600|null",
                "[{'jsonrpc':'2.0','method':'test.nothing','id':'1'},{'jsonrpc':'2.0','method'|-32700|null",
                "{'jsonrpc':'2.0','method':'test.nothing','id':1,'id':2}|-32700|null",
                "{'jsonrpc':'2.0','method':'test.nothing','id':1} x|-32700|null",
                "[]|-32600|null",
                "1|-32600|null",
                "{}|-32600|null",
                "{'jsonrpc':'2.0','method':1,'params':'bar'}|-32600|null",
                "{'method':'test.nothing','id':5}|-32600|5",
                "{'jsonrpc':'1.0','method':'test.nothing','id':5}|-32600|5",
                "{'jsonrpc':2.0,'method':'test.nothing','id':5}|-32600|5",
                "{'jsonrpc':'2.0','id':5}|-32600|5",
                "{'jsonrpc':'2.0','method':null,'id':5}|-32600|5",
                "{'jsonrpc':'2.0','method':'test.nothing','id':true}|-32600|null",
                "{'jsonrpc':'2.0','method':'test.nothing','id':[1]}|-32600|null",
                "{'jsonrpc':'2.0','method':'test.nothing','id':{}}|-32600|null",
                "{'jsonrpc':'2.0','method':'test.nothing','params':'x','id':5}|-32600|5",
                "{'jsonrpc':'2.0','method':'test.nothing','params':null,'id':5}|-32600|5",
                "{'jsonrpc':'2.0','method':'foobar','id':'1'}|-32601|\"1\"",
                "{'jsonrpc':'2.0','method':'','id':1}|-32601|1",
                "{'jsonrpc':'2.0','method':'TEST.nothing','id':1}|-32601|1",
                "{'jsonrpc':'2.0','method':'rpc.none','id':1}|-32601|1",
                "{'jsonrpc':'2.0','method':'../../etc','id':1}|-32601|1",
                "{'jsonrpc':'2.0','method':'a\\u0000b','id':1}|-32601|1",
                "{'jsonrpc':'2.0','method':'math.subtract','params':[1],'id':1}|-32602|1",
                "{'jsonrpc':'2.0','method':'math.subtract','params':[1,2,3],'id':1}|-32602|1",
                "{'jsonrpc':'2.0','method':'math.subtract','params':[1,true],'id':1}|-32602|1",
                "{'jsonrpc':'2.0','method':'math.subtract','params':{'minuend':1,'subtrahend':2,'x':3},"
                        + "'id':1}|-32602|1",
                "{'jsonrpc':'2.0','method':'math.subtract','id':1}|-32602|1",
                "{'jsonrpc':'2.0','method':'table.get','params':['x'],'id':1}|-32602|1",
                "{'jsonrpc':'2.0','method':'table.get','params':['x','y'],'id':1}|-32602|1",
                "{'jsonrpc':'2.0','method':'table.query','params':{'table':'x','limit':0},'id':1}|-32602|1"
            })
    void shouldAnswerErrorWithTheRightIdWhenCallIsWrong(final String message, final int code, final String id) {
        final Answer came = rpc(message);
        assertEquals(200, came.status(), came.toString());
        assertEquals(code, came.json().get("error").get("code").asInt(), came.body());
        assertEquals(id, came.json().get("id").toString(), came.body());
        assertTrue(came.json().get("error").get("data").has("detail"), came.body());
        assertEquals(3, came.json().size(), came.body());
    }

    @Test
    void shouldNameEveryFaultWhenParametersAreWrong() {
        final Answer came = rpc(call("test.echo", "{'text':1,'number':1.5,'flg':true}", "1"));
        final JsonNode fields = came.json().get("error").get("data").get("fields");
        assertEquals("[\"text\", \"number\", \"flg\"]".replace(" ", ""), names(fields), came.body());
    }

    private static String names(final JsonNode fields) {
        final StringBuilder names = new StringBuilder("[");
        for (final JsonNode field : fields) {
            names.append(names.length() == 1 ? "" : ",").append(field.get("field"));
        }
        return names.append(']').toString();
    }

    @Test
    void shouldAnswerNothingWhenItIsANotification() {
        final Answer came = rpc("{'jsonrpc':'2.0','method':'math.subtract','params':[1,2]}");
        assertEquals(204, came.status());
        assertEquals("", came.body());
        assertEquals(204, rpc("{'jsonrpc':'2.0','method':'no.such'}").status());
        assertEquals(
                204,
                rpc("{'jsonrpc':'2.0','method':'math.subtract','params':[1]}").status());
        assertEquals(204, rpc("{'jsonrpc':'2.0','method':'test.defect'}").status());
        assertEquals(
                204,
                rpc("[{'jsonrpc':'2.0','method':'no.such'},{'jsonrpc':'2.0','method':'test.nothing'}]")
                        .status());
    }

    @Test
    void shouldAnswerInOrderWhenItIsABatch() {
        final Answer came = rpc("[" + call("math.subtract", "[42,23]", "'a'") + ",1,"
                + "{'jsonrpc':'2.0','method':'test.nothing'},{'foo':'boo'}," + call("no.such", null, "5") + ","
                + call("schema.get", null, "null") + "," + call("math.subtract", "[1,1]", "9") + "]");
        final JsonNode answers = came.json();
        assertEquals(6, answers.size(), came.body());
        assertEquals("a", answers.get(0).get("id").asText());
        assertEquals(-32600, answers.get(1).get("error").get("code").asInt());
        assertEquals(-32600, answers.get(2).get("error").get("code").asInt());
        assertEquals(-32601, answers.get(3).get("error").get("code").asInt());
        assertTrue(answers.get(4).get("id").isNull());
        assertEquals(9, answers.get(5).get("id").asInt());
        assertEquals(1, rpc("[1]").json().size());
    }

    @Test
    void shouldRefuseWholeBatchWhenItIsTooLarge() {
        final String one = call("test.nothing", null, "1");
        final Answer came = rpc("[" + (one + ",").repeat(1000) + one + "]");
        assertEquals(-32600, came.json().get("error").get("code").asInt(), came.body());
        assertEquals(1000, rpc("[" + (one + ",").repeat(999) + one + "]").json().size());
    }

    @Test
    @Tag("rp_1:handler_panic_safety")
    @Tag("mi_3:test_rpc_dispatch")
    void shouldCarryProblemAsDataWhenTheApplicationRefuses() {
        final JsonNode refused = rpc(call("test.refuse", null, "1")).json().get("error");
        assertEquals("CONFLICT", refused.get("data").get("code").asText());
        assertEquals("test", refused.get("data").get("reason").asText());
        assertTrue(refused.get("code").asInt() <= -32000 && refused.get("code").asInt() > -32100);
        final JsonNode failed = rpc(call("test.defect", null, "1")).json().get("error");
        assertEquals("PROCEDURE_FAILED", failed.get("data").get("code").asText());
        assertEquals(
                "TABLE_NOT_FOUND",
                rpc(call("table.get", "['none',1]", "1"))
                        .json()
                        .at("/error/data/code")
                        .asText());
    }

    private static JsonNode result(final String method, final String params) {
        final Answer came = rpc(call(method, params, "1"));
        assertTrue(came.json().has("result"), came.body());
        return came.json().get("result");
    }

    @Test
    @Tag("rp_2:test_rpc_handler_database_access")
    void shouldWriteLikeRestWhenTableMethodsAreCalled() {
        final JsonNode pushed = result("table.push", "{'table':'crew','records':[{'name':'a'},{'name':'b','hp':2}]}");
        assertEquals("[1,2]", pushed.get("ids").toString());
        assertEquals(
                "c", result("table.insert", "['crew',{'name':'c'}]").get("name").asText());
        assertEquals(2, result("table.insert", "['crew',[{},{}]]").size());
        assertEquals(
                9, result("table.update", "['crew','2',{'hp':9}]").get("hp").asInt());
        assertEquals(
                "b", server.get("/v1/tables/crew/records/2").json().get("name").asText());
        assertEquals(
                77, result("table.upsert", "['crew',77,{'hp':1}]").get("id").asInt());
        assertTrue(result("table.upsert", "['crew',2,{'hp':1}]").get("name").isNull());
        assertEquals("{\"deleted\":1}", result("table.delete", "['crew',2]").toString());
        final Answer again = rpc(call("table.delete", "['crew',2]", "1"));
        assertEquals("RECORD_NOT_FOUND", again.json().at("/error/data/code").asText());
    }

    @Test
    void shouldReadLikeRestWhenTableMethodsAreCalled() {
        result("table.push", "['staff',[{'hp':1,'name':'a'},{'hp':2},{'hp':3},{'hp':4}]]");
        assertEquals(
                "a", result("table.get", "{'table':'staff','id':1}").get("name").asText());
        final JsonNode page = result("table.query", "{'table':'staff','after':1,'limit':2,'fields':'hp'}");
        assertEquals("{\"total\":4,\"records\":[{\"id\":2,\"hp\":2},{\"id\":3,\"hp\":3}]}", page.toString());
        assertEquals(1, result("table.query", "['staff',10,3]").get("records").size());
        assertTrue(result("schema.get", "[]")
                .get("tables")
                .findValuesAsText("name")
                .contains("staff"));
        assertTrue(result("server.status", "{}").get("tick").asLong() > 0);
    }

    @Test
    void shouldDescribeEveryMethodWhenDiscovered() {
        final JsonNode document = rpc(call("rpc.discover", null, "1")).json().get("result");
        assertEquals("1.3.2", document.get("openrpc").asText());
        final var names = document.get("methods").findValuesAsText("name");
        for (final String name : new String[] {"table.insert", "table.push", "rpc.discover", "math.subtract"}) {
            assertTrue(names.contains(name), name);
        }
    }

    @Test
    void shouldSpeakHttpAsAgreedWhenItIsNoPlainPost() {
        assertEquals(405, server.get("/rpc").status());
        assertEquals(405, server.put("/rpc", "{}").status());
        final Answer text = server.send("POST", "/rpc", null, "Content-Type", "text/plain");
        assertEquals(-32700, text.json().at("/error/code").asInt(), "no body, so nothing but the JSON is missing");
    }
}
