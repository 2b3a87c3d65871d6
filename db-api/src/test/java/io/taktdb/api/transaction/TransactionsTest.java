package io.taktdb.api.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many operations at once, over HTTP and JSON-RPC: all or none, and the index of the one at fault. */
final class TransactionsTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        made(server.post(
                "/v1/tables",
                "{\"name\":\"hero\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"},"
                        + "{\"name\":\"name\",\"type\":\"string\",\"optional\":true,\"unique\":true}]}"));
        made(server.post("/v1/tables", "{\"name\":\"pet\",\"fields\":[{\"name\":\"owner\",\"type\":\"u64\"}]}"));
        made(server.post(
                "/v1/relations",
                "{\"source_table\":\"pet\",\"source_field\":\"owner\",\"destination_table\":\"hero\"}"));
    }

    private static void made(final Answer answer) {
        assertEquals(201, answer.status(), answer.toString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String state() {
        return server.get("/v1/tables/hero/records?limit=1000").body()
                + server.get("/v1/tables/pet/records?limit=1000").body();
    }

    private static String body(final String operations) {
        return "{\"operations\":" + operations.replace('\'', '"') + '}';
    }

    @Test
    void shouldDoEverythingInOneCommit() {
        final Answer done = server.post(
                "/v1/transactions",
                body("[{'insert':{'record':[{'hp':1,'id':101},{'hp':2,'id':102}],'table':'hero'}},"
                        + "{'insert':{'table':'pet','record':{'id':7,'owner':103}}},"
                        + "{'upsert':{'table':'hero','id':'103','record':{'hp':3,'name':'x'}}},"
                        + "{'update':{'table':'hero','id':101,'record':{'hp':9}}},"
                        + "{'delete':{'table':'hero','id':102}},"
                        + "{'delete':{'table':'hero','filter':{'hp.gt':100}}},"
                        + "{'call':{'procedure':'math.subtract','params':[5,3]}},"
                        + "{'call':{'procedure':'test.nothing'}}]"));
        assertEquals(200, done.status(), done.toString());
        assertEquals(
                "{'results':[[{'id':101,'hp':1,'name':null},{'id':102,'hp':2,'name':null}],{'id':7,'owner':103},"
                        + "{'id':103,'hp':3,'name':'x'},{'id':101,'hp':9,'name':null},{'deleted':1},{'deleted':0},2,"
                        + "null]}",
                done.body().replace('"', '\''));
        assertTrue(Long.parseLong(done.header("takt-commit")) > 0);
        assertEquals(
                "9", server.get("/v1/tables/hero/records/101").json().get("hp").asText());
        assertEquals(404, server.get("/v1/tables/hero/records/102").status());
        assertEquals(
                "{\"results\":[]}", server.post("/v1/transactions", body("[]")).body());
    }

    @Test
    void shouldDoTheSameByJsonRpc() {
        final Answer done = server.rpc("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"transaction.run\",\"params\":"
                + body("[{'insert':{'table':'hero','record':{'hp':1,'id':201}}},{'call':{'procedure':'math.subtract',"
                        + "'params':{'minuend':1,'subtrahend':2}}}]")
                + '}');
        assertEquals(
                "{\"results\":[{\"id\":201,\"hp\":1,\"name\":null},-1]}",
                done.json().get("result").toString());
        final Answer refused = server.rpc("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"transaction.run\",\"params\":"
                + body("[{'delete':{'table':'hero','id':201}},{'call':{'procedure':'test.refuse'}}]") + '}');
        assertEquals(1, refused.json().at("/error/data/operation").asInt(-1), refused.toString());
        assertEquals(200, server.get("/v1/tables/hero/records/201").status());
    }

    /** The first operation is good each time: it must leave nothing behind. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'insert':{'table':'hero','record':{'hp':'x'}}}|422|SCHEMA_MISMATCH",
                "{'insert':{'table':'hero','record':{'hp':1,'name':'twice'}}}|409|CONFLICT",
                "{'insert':{'table':'hero','record':[{'hp':1},{}]}}|422|SCHEMA_MISMATCH",
                "{'insert':{'table':'pet','record':{'owner':999}}}|409|CONFLICT",
                "{'insert':{'table':'nope','record':{}}}|404|TABLE_NOT_FOUND",
                "{'insert':{'table':'hero'}}|422|SCHEMA_MISMATCH",
                "{'insert':{'record':{}}}|422|SCHEMA_MISMATCH",
                "{'insert':{'table':3,'record':{}}}|422|SCHEMA_MISMATCH",
                "{'insert':{'table':'hero','record':{'hp':1},'more':1}}|422|SCHEMA_MISMATCH",
                "{'insert':3}|422|SCHEMA_MISMATCH",
                "{'update':{'table':'hero','id':999,'record':{'hp':1}}}|404|RECORD_NOT_FOUND",
                "{'update':{'table':'hero','id':-1,'record':{'hp':1}}}|422|SCHEMA_MISMATCH",
                "{'update':{'table':'hero','record':{'hp':1}}}|422|SCHEMA_MISMATCH",
                "{'delete':{'table':'hero','id':999}}|404|RECORD_NOT_FOUND",
                "{'delete':{'table':'hero','id':1,'filter':{'hp':1}}}|422|SCHEMA_MISMATCH",
                "{'delete':{'table':'hero','filter':{}}}|422|SCHEMA_MISMATCH",
                "{'delete':{'table':'hero','filter':{'hp.near':1}}}|400|INVALID_PARAMETER",
                "{'call':{'procedure':'nope'}}|404|PROCEDURE_NOT_FOUND",
                "{'call':{'procedure':'math.subtract','params':{'minuend':'x'}}}|422|SCHEMA_MISMATCH",
                "{'call':{'procedure':'math.subtract','params':3}}|422|SCHEMA_MISMATCH",
                "{'call':{'procedure':'test.refuse'}}|409|CONFLICT",
                "{'call':{'procedure':'test.defect'}}|422|PROCEDURE_FAILED",
                "{'drop':{'table':'hero'}}|422|SCHEMA_MISMATCH",
                "{'insert':{'table':'hero','record':{'hp':1}},'call':{'procedure':'x'}}|422|SCHEMA_MISMATCH",
                "{}|422|SCHEMA_MISMATCH",
                "3|422|SCHEMA_MISMATCH"
            })
    void shouldChangeNothingAndNameTheOperationAtFault(final String bad, final int status, final String code) {
        final String before = state();
        final Answer refused = server.post(
                "/v1/transactions",
                body("[{'insert':{'table':'hero','record':{'hp':1,'name':'twice'}}}," + bad
                        + ",{'insert':{'table':'hero','record':{'hp':1}}}]"));
        assertEquals(status, refused.status(), refused.toString());
        assertEquals(code, refused.code(), refused.toString());
        assertEquals(1, refused.json().path("operation").asInt(-1), refused.toString());
        assertEquals(before, state());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|400",
                "{}|422",
                "[]|422",
                "3|422",
                "{'operations':{}}|422",
                "{'operations':[],'x':1}|422",
                "{'operations':[{]}|400",
                "{'operations':[]}}|400",
                "{'operations':[],'operations':[]}|400"
            })
    void shouldRefuseWhatIsNoTransaction(final String body, final int status) {
        final Answer refused = server.post("/v1/transactions", body == null ? "" : body.replace('\'', '"'));
        assertEquals(status, refused.status(), refused.toString());
    }

    @Test
    void shouldRefuseTooManyOperations() {
        final String one = ",{'call':{'procedure':'test.nothing'}}";
        final Answer refused = server.post(
                "/v1/transactions",
                body("[{'insert':{'table':'hero','record':{'hp':1,'name':'many'}}}"
                        + one.repeat(TransactionReader.MAX_OPERATIONS) + ']'));
        assertEquals("LIMIT_EXCEEDED", refused.code(), refused.toString());
        assertEquals("[]", server.get("/v1/tables/hero/records?name=many").body());
    }
}
