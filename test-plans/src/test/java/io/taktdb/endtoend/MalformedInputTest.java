package io.taktdb.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.server.ServerConfig;
import io.taktdb.server.TaktServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input at every door gets the error of the contract, and nothing has changed. */
class MalformedInputTest {
    @TempDir
    private Path data;

    private TaktServer server;
    private Client client;
    private String before;

    @BeforeEach
    void start() {
        server = TaktServer.start(ServerConfig.of(data).withPort(0), List.of(new BankModule()));
        client = new Client(server.port());
        before = world();
    }

    @AfterEach
    void nothingHasChanged() {
        assertEquals(before, world());
        server.close();
    }

    private String world() {
        return client.get("/v1/schema").expect(200).body() + client.records("account");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    POST | /v1/tables | {"name": | 400 | INVALID_JSON
                    POST | /v1/tables | {"name":"a"} | 400 | INVALID_SCHEMA
                    POST | /v1/tables | {"name":"a'b","fields":[]} | 400 | INVALID_NAME
                    POST | /v1/tables | {"name":"Account","fields":[]} | 409 | ALREADY_EXISTS
                    POST | /v1/tables | {"name":"t","fields":[{"name":"x","type":"f99"}]} | 400 | INVALID_SCHEMA
                    POST | /v1/tables/account/records | [1,2 | 400 | INVALID_JSON
                    POST | /v1/tables/account/records | {"balance":"many"} | 422 | SCHEMA_MISMATCH
                    POST | /v1/tables/account/records | {"balance":2147483648} | 422 | SCHEMA_MISMATCH
                    POST | /v1/tables/account/records | {"balnce":1} | 422 | SCHEMA_MISMATCH
                    POST | /v1/tables/account/records | {} | 422 | SCHEMA_MISMATCH
                    POST | /v1/tables/account/records | [{"balance":1},{"balance":null}] | 422 | SCHEMA_MISMATCH
                    POST | /v1/tables/acount/records | {"balance":1} | 404 | TABLE_NOT_FOUND
                    PUT | /v1/tables/account/records/1 | {"balance":true} | 422 | SCHEMA_MISMATCH
                    PATCH | /v1/tables/account/records/one | {"balance":1} | 400 | INVALID_ID
                    PATCH | /v1/tables/account/records/99 | {"balance":1} | 404 | RECORD_NOT_FOUND
                    DELETE | /v1/tables/account/records/99 |  | 404 | RECORD_NOT_FOUND
                    DELETE | /v1/tables/nobody |  | 404 | TABLE_NOT_FOUND
                    GET | /v1/tables/account/records?limit=0 |  | 400 | INVALID_PARAMETER
                    GET | /v1/tables/account/records?limit=-1 |  | 400 | INVALID_PARAMETER
                    GET | /v1/nowhere |  | 404 | ROUTE_NOT_FOUND
                    PUT | /v1/status | {} | 405 | METHOD_NOT_ALLOWED
                    POST | /v1/push/account | {"a b":1} | 400 | INVALID_NAME
                    POST | /v1/push/o'brien | {"a":1} | 400 | INVALID_NAME
                    POST | /v1/push/account | {"x": | 400 | INVALID_JSON
                    POST | /v1/push/account | 7 | 422 | SCHEMA_MISMATCH
                    """)
    void shouldNameTheErrorWhenInputIsBad(
            final String method, final String path, final String body, final int status, final String code) {
        final Client.Answer answer = client.send(method, path.replace("'", "%27"), body);
        assertEquals(status, answer.status(), answer.toString());
        assertEquals(code, answer.json().get("code").asText(), answer.toString());
        assertTrue(answer.json().get("detail").asText().length() > 10, answer.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"jsonrpc": | -32700
                    {"jsonrpc":"1.0","id":1,"method":"bank.move"} | -32600
                    [] | -32600
                    {"jsonrpc":"2.0","id":1,"method":"bank.mve"} | -32601
                    {"jsonrpc":"2.0","id":1,"method":"bank.move","params":{"amount":"x","fail":false}} | -32602
                    {"jsonrpc":"2.0","id":1,"method":"bank.move","params":[1]} | -32602
                    """)
    void shouldAnswerAsTheSpecificationSaysWhenCallIsBad(final String message, final int code) {
        final JsonNode reply = client.post("/rpc", message).expect(200).json();
        assertEquals(code, reply.get("error").get("code").asInt(), reply.toString());
    }

    @Test
    void shouldRefuseBeforeReadingAllWhenBodyIsTooLarge() {
        final Client.Answer answer = client.post("/v1/tables", "{\"name\":\"" + "a".repeat(5 << 20) + "\"}");
        assertEquals(413, answer.status(), answer.toString());
        assertEquals("BODY_TOO_LARGE", answer.json().get("code").asText());
    }

    @Test
    void shouldTakeBackWhenProcedureThrows() {
        final JsonNode reply = client.post(
                        "/rpc",
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"bank.move\","
                                + "\"params\":{\"amount\":5,\"fail\":true}}")
                .expect(200)
                .json();
        assertEquals(
                "PROCEDURE_FAILED", reply.get("error").get("data").get("code").asText(), reply.toString());
    }
}
