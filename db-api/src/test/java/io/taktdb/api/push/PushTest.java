package io.taktdb.api.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schema-later push over HTTP against a real engine. */
final class PushTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer push(final String collection, final String json) {
        return server.post("/v1/push/" + collection, json.replace('\'', '"'));
    }

    private static String types(final Answer answer, final String list) {
        final List<String> types = new ArrayList<>();
        for (final JsonNode column : answer.json().get(list)) {
            types.add(column.get("name").asText() + ":"
                    + column.path("from").asText("")
                    + (column.has("to") ? ">" + column.get("to").asText() : "")
                    + column.path("type").asText(""));
        }
        return String.join(" ", types);
    }

    @Test
    void shouldMakeCollectionAndColumnsWhenTheyAreNew() {
        final Answer made = push("things", "{'a':1,'b':1.5,'c':true,'d':'x','e':[1],'f':{'g':null},'h':null}");
        assertEquals(201, made.status(), made.toString());
        assertEquals("/v1/tables/things/records/1", made.header("location"));
        assertEquals("[1]", made.json().get("ids").toString());
        assertTrue(made.json().get("created").asBoolean());
        assertEquals("a:i64 b:f64 c:bool d:string e:json f:json", types(made, "added"));
        final JsonNode row = server.get("/v1/tables/things/records/1").json();
        assertEquals("{\"g\":null}", row.get("f").toString());
        assertTrue(row.get("created_at").isTextual());
        assertTrue(row.path("h").isMissingNode());
    }

    @Test
    void shouldWidenAndLoseNothingWhenValuesDoNotFit() {
        push("wide", "[{'v':true,'n':9007199254740993},{'v':false}]");
        assertEquals("v:bool>i64", types(push("wide", "{'v':2}"), "widened"));
        assertEquals("v:i64>f64", types(push("wide", "{'v':2.5}"), "widened"));
        assertEquals("v:f64>string", types(push("wide", "{'v':'x'}"), "widened"));
        assertEquals("v:string>json", types(push("wide", "{'v':[1]}"), "widened"));
        assertEquals("n:i64>string", types(push("wide", "{'n':0.5}"), "widened"));
        assertEquals(
                "9007199254740993",
                server.get("/v1/tables/wide/records/1").json().get("n").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9223372036854775807|i64",
                "-9223372036854775808|i64",
                "9223372036854775808|f64",
                "18446744073709551617|string",
                "-0|f64",
                "1e400|string",
                "1.0|f64",
                "123456789012345678901234567890|string"
            })
    void shouldGiveTypeThatHoldsTheNumberWhenItIsPushed(final String number, final String type) {
        final String collection = "number_" + Integer.toHexString(number.hashCode());
        final Answer made = push(collection, "{'n':" + number + "}");
        assertEquals("n:" + type, types(made, "added"), made.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a b':1}|400|INVALID_NAME",
                "{'':1}|400|INVALID_NAME",
                "{'ID':1}|400|INVALID_NAME",
                "{'é':1}|400|INVALID_NAME",
                "{'a\\u0022b':null}|400|INVALID_NAME",
                "{'a':1,'a':2}|400|INVALID_JSON",
                "[{'a':1},2]|422|SCHEMA_MISMATCH",
                "5|422|SCHEMA_MISMATCH",
                "{'id':-1}|422|SCHEMA_MISMATCH",
                "{'id':'x'}|422|SCHEMA_MISMATCH",
                "{'id':1.5}|422|SCHEMA_MISMATCH",
                "{'a':'\\ud800'}|422|SCHEMA_MISMATCH",
                "{'a':1}x|400|INVALID_JSON"
            })
    void shouldRefuseAndLeaveNothingWhenValueIsWrong(final String json, final int status, final String code) {
        final Answer answer = push("refused", json);
        assertEquals(status, answer.status(), answer.toString());
        assertEquals(code, answer.code());
        assertEquals(404, server.get("/v1/tables/refused").status());
    }

    @Test
    void shouldAnswer400WhenCollectionIsNoName() {
        for (final String name : new String[] {"a%20b", "1a", "a%22b", "%C3%A9"}) {
            assertEquals("INVALID_NAME", push(name, "{'a':1}").code(), name);
        }
    }

    @Test
    void shouldRefuseWhenColumnsAreTooMany() {
        final StringBuilder json = new StringBuilder("{");
        for (int i = 0; i <= 1000; i++) {
            json.append(i == 0 ? "" : ",").append("\"c").append(i).append("\":1");
        }
        assertEquals("LIMIT_EXCEEDED", push("columns", json + "}").code());
        assertEquals(404, server.get("/v1/tables/columns").status());
    }

    @Test
    void shouldHonourFreeIdsWhenClientGivesThem() {
        final Answer made = push("ids", "[{'id':5,'a':1},{'a':2},{'id':'18446744073709551615'},{'id':null}]");
        assertEquals(201, made.status(), made.toString());
        assertEquals("5", made.json().get("ids").get(0).asText());
        assertEquals("18446744073709551615", made.json().get("ids").get(2).asText());
        final Answer again = push("ids", "[{'b':1},{'id':5,'c':1}]");
        assertEquals(409, again.status(), again.toString());
        assertEquals("4", server.get("/v1/tables/ids/records").header("x-total-count"));
        assertTrue(server.get("/v1/tables/ids").json().toString().indexOf("\"c\"") < 0, "no column may remain");
    }

    @Test
    void shouldReadBackEqualWhenRandomJsonIsPushed() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            final String json = randomObject(random, 3);
            final Answer made = server.post("/v1/push/random_" + round, json);
            assertEquals(201, made.status(), "seed=" + seed + ", json=" + json + ", " + made);
            final JsonNode sent = TestServer.json(json);
            final JsonNode read = server.get(made.header("location")).json();
            sent.properties().forEach(member -> {
                if (!member.getValue().isNull()) {
                    assertEquals(
                            member.getValue().toString(),
                            read.get(member.getKey()).toString(),
                            "seed=" + seed + ", key=" + member.getKey());
                }
            });
        }
    }

    private static String randomObject(final Random random, final int depth) {
        final StringBuilder json = new StringBuilder("{");
        for (int i = random.nextInt(6); i >= 0; i--) {
            json.append("\"k")
                    .append(i)
                    .append("\":")
                    .append(randomValue(random, depth))
                    .append(i == 0 ? "" : ",");
        }
        return json.append('}').toString();
    }

    private static String randomValue(final Random random, final int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> "null";
            case 1 -> Boolean.toString(random.nextBoolean());
            case 2 -> Long.toString(random.nextLong());
            case 3 -> Double.toString(random.nextGaussian());
            case 4 -> "\"" + "aé\\n😀\\u0007".repeat(random.nextInt(3)) + "\"";
            case 5 -> randomObject(random, depth - 1);
            default -> "[" + randomValue(random, depth - 1) + "," + randomValue(random, depth - 1) + "]";
        };
    }

    @Test
    @Tag("rc_1:test_insert_record_concurrent_writes")
    void shouldKeepEveryRowWhenPushesChangeTheSameCollectionAtOnce() {
        final List<CompletableFuture<Answer>> pushes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            final String json = "{'k" + i % 7 + "':" + i + ",'v':" + (i % 2 == 0 ? i : "'t" + i + "'") + "}";
            pushes.add(CompletableFuture.supplyAsync(() -> push("together", json)));
        }
        pushes.forEach(
                done -> assertEquals(201, done.join().status(), done.join().toString()));
        assertEquals("40", server.get("/v1/tables/together/records").header("x-total-count"));
    }
}
