package io.taktdb.api.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records over HTTP against a real engine. */
final class RecordsTest {
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static TestServer server;
    private String records;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createTable() {
        final String table = "unit_" + TABLES.incrementAndGet();
        final Answer made = server.post(
                "/v1/tables",
                "{\"name\":\"" + table + "\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"},"
                        + "{\"name\":\"pos\",\"type\":\"3xf32\",\"default\":[0,0,0]},"
                        + "{\"name\":\"name\",\"type\":\"string\",\"optional\":true},"
                        + "{\"name\":\"big\",\"type\":\"i64\",\"default\":7}]}");
        assertEquals(201, made.status(), made.toString());
        records = "/v1/tables/" + table + "/records";
    }

    @Test
    void shouldAnswerTheRecordWithItsPlaceWhenInserted() {
        final Answer made = server.post(records, "{\"hp\":5,\"name\":\"é😀\"}");
        assertEquals(201, made.status(), made.toString());
        assertEquals(records + "/1", made.header("location"));
        assertEquals("{\"id\":1,\"hp\":5,\"pos\":[0,0,0],\"name\":\"é😀\",\"big\":7}", made.body());
        assertTrue(Long.parseLong(made.header("takt-tick")) > 0);
        assertTrue(Long.parseLong(made.header("takt-commit")) > 0);
        final Answer read = server.get(made.header("location"));
        assertEquals(made.body(), read.body());
        assertTrue(Long.parseLong(read.header("takt-commit")) >= Long.parseLong(made.header("takt-commit")));
    }

    @Test
    void shouldInsertAllOrNoneWhenAnArrayIsSent() {
        final Answer all = server.post(records, "[{\"hp\":1},{\"hp\":2,\"id\":\"18446744073709551615\"}]");
        assertEquals(201, all.status(), all.toString());
        assertNull(all.header("location"));
        assertEquals("18446744073709551615", all.json().get(1).get("id").asText());
        final Answer none = server.post(records, "[{\"hp\":1},{\"hp\":\"x\"},{\"hp\":3,\"no\":1}]");
        assertEquals(422, none.status(), none.toString());
        assertEquals(2, none.json().get("fields").size());
        assertEquals("[1].hp", none.json().get("fields").get(0).get("field").asText());
        assertEquals("2", server.get(records).header("x-total-count"));
        assertEquals("[]", server.post(records, "[]").body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'hp':2147483648}|422",
                "{'hp':1.5}|422",
                "{'hp':true}|422",
                "{'hp':null}|422",
                "{'hp':1,'pos':[1,2]}|422",
                "{'hp':1,'pos':[1,2,1e39]}|422",
                "{'hp':1,'nope':1}|422",
                "{'hp':1,'name':'\\ud800'}|422",
                "{}|422",
                "[1]|422",
                "3|422",
                "{'hp':1,'id':-1}|422",
                "{'hp':1|400",
                "{'hp':1}}|400",
                "{'hp':1,'hp':2}|400",
                "{'hp':01}|400",
                "{hp:1}|400",
                "true|422",
                "nul|400"
            })
    void shouldRefuseAndStoreNothingWhenRecordIsWrong(final String body, final int status) {
        final Answer answer = server.post(records, body.replace('\'', '"'));
        assertEquals(status, answer.status(), answer.toString());
        assertEquals("application/problem+json", answer.header("content-type"));
        assertEquals("0", server.get(records).header("x-total-count"));
    }

    @Test
    void shouldAnswer400WhenBodyIsEmptyOrNotUtf8() {
        assertEquals("INVALID_JSON", server.post(records, "").code());
        assertEquals("INVALID_JSON", server.post(records, "  ").code());
    }

    @Test
    void shouldAnswer409WhenIdIsTaken() {
        server.post(records, "{\"hp\":1,\"id\":9}");
        assertEquals(409, server.post(records, "{\"hp\":1,\"id\":9}").status());
        server.delete(records + "/9");
        final Answer again = server.post(records, "{\"hp\":1,\"id\":9}");
        assertEquals(409, again.status(), "an id is never used again: " + again);
    }

    @Test
    void shouldReplaceOrMergeWhenPutOrPatched() {
        server.post(records, "{\"hp\":1,\"name\":\"a\",\"big\":-9223372036854775808}");
        assertEquals(
                "{\"id\":1,\"hp\":2,\"pos\":[0,0,0],\"name\":\"a\",\"big\":-9223372036854775808}",
                server.patch(records + "/1", "{\"hp\":2}").body());
        assertEquals(
                "{\"id\":1,\"hp\":3,\"pos\":[0,0,0],\"name\":null,\"big\":7}",
                server.put(records + "/1", "{\"hp\":3,\"id\":1}").body());
        assertEquals(422, server.put(records + "/1", "{\"name\":\"a\"}").status());
        assertEquals(422, server.patch(records + "/1", "{\"id\":2}").status());
        assertEquals(422, server.patch(records + "/1", "{\"hp\":null}").status());
        assertEquals(422, server.put(records + "/1", "[]").status());
        assertEquals(404, server.put(records + "/2", "{\"hp\":3}").status());
        assertEquals(404, server.patch(records + "/2", "{\"hp\":3}").status());
        final Answer merged =
                server.send("PATCH", records + "/1", null, "Content-Type", "application/merge-patch+json");
        assertEquals("INVALID_JSON", merged.code());
    }

    @Test
    void shouldAnswer204ThenFourOhFourWhenDeletedTwice() {
        server.post(records, "{\"hp\":1}");
        final Answer deleted = server.delete(records + "/1");
        assertEquals(204, deleted.status());
        assertEquals("", deleted.body());
        assertNotNull(deleted.header("takt-tick"));
        assertEquals("RECORD_NOT_FOUND", server.delete(records + "/1").code());
        assertEquals("RECORD_NOT_FOUND", server.get(records + "/1").code());
    }

    @Test
    void shouldDeleteAllOnlyWhenToldSo() {
        server.post(records, "[{\"hp\":1},{\"hp\":2}]");
        assertEquals(400, server.delete(records).status());
        assertEquals(400, server.delete(records + "?all=maybe").status());
        assertEquals("2", server.get(records).header("x-total-count"));
        assertEquals("{\"deleted\":2}", server.delete(records + "?all=true").body());
        assertEquals("[]", server.get(records).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1a", "1.5", "-1", "+1", "18446744073709551616", "%20", "", "0x1", "1%2F2"})
    void shouldAnswer400WhenIdIsNoNumber(final String id) {
        assertEquals("INVALID_ID", server.get(records + "/" + id).code());
        assertEquals("INVALID_ID", server.delete(records + "/" + id).code());
        assertEquals("INVALID_ID", server.put(records + "/" + id, "{\"hp\":1}").code());
    }

    @Test
    void shouldPageWithoutGapsWhenFollowingLinks() {
        final StringBuilder rows = new StringBuilder("[");
        for (int i = 0; i < 120; i++) {
            rows.append(i == 0 ? "" : ",").append("{\"hp\":").append(i).append('}');
        }
        server.post(records, rows.append(']').toString());
        for (final String start : new String[] {"?limit=50", "?limit=50&offset=0", "?limit=7&fields=hp"}) {
            int seen = 0;
            String path = records + start;
            while (path != null) {
                final Answer page = server.get(path);
                assertEquals(200, page.status(), page.toString());
                assertEquals("120", page.header("x-total-count"));
                for (final var record : page.json()) {
                    assertEquals(seen++, record.get("hp").asInt());
                }
                final String link = page.header("link");
                assertTrue(link == null || link.endsWith(">; rel=\"next\""), link);
                path = link == null ? null : link.substring(1, link.indexOf('>'));
            }
            assertEquals(120, seen, start);
        }
        assertEquals(50, server.get(records).json().size());
        assertEquals("[]", server.get(records + "?offset=120").body());
        assertEquals("[]", server.get(records + "?after=18446744073709551615").body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0", "limit=1001", "limit=-1", "limit=x", "limit=", "offset=-1", "offset=x", "after=x",
                "after=1&offset=1", "fields=nope", "fields=", "int64=maybe", "lmit=1", "hp=a", "order=hq",
                        "limit=1&limit=2"
            })
    void shouldAnswer400WhenQueryIsWrong(final String query) {
        final Answer answer = server.get(records + "?" + query);
        assertEquals(400, answer.status(), answer.toString());
        assertEquals("INVALID_PARAMETER", answer.code());
    }

    @Test
    void shouldSelectFieldsAndWriteLongsAsTextWhenAsked() {
        server.post(records, "{\"hp\":1,\"big\":\"9007199254740993\"}");
        assertEquals(
                "{\"id\":\"1\",\"big\":\"9007199254740993\",\"hp\":1}",
                server.get(records + "/1?fields=big,hp,id&int64=string").body());
        assertEquals(
                "[{\"id\":1,\"big\":9007199254740993}]",
                server.get(records + "?fields=big").body());
    }

    @Test
    void shouldRefuseWhatItCannotPromise() {
        assertEquals(
                "NOT_DURABLE",
                server.post(records + "?ack=durable", "{\"hp\":1}").code());
        assertEquals(201, server.post(records + "?ack=tick", "{\"hp\":1}").status());
        assertEquals(400, server.post(records + "?ack=now", "{\"hp\":1}").status());
        assertEquals(
                400,
                server.send("POST", records, "{\"hp\":1}", "If-Match", "\"x\"").status());
    }

    @Test
    void shouldAnswer404WhenTableIsUnknown() {
        for (final String table : new String[] {"nope", "a%20b", "%C3%A9", "UNIT_1", "x'y", "..", "a%22b"}) {
            final Answer answer = server.get("/v1/tables/" + table + "/records");
            assertEquals("TABLE_NOT_FOUND", answer.code(), answer.toString());
        }
        assertEquals("INVALID_NAME", server.get("/v1/tables//records").code());
    }

    @Test
    void shouldDescribeOnlyWhenAskedWithHead() {
        server.post(records, "{\"hp\":1}");
        final Answer head = server.send("HEAD", records, null);
        assertEquals(200, head.status());
        assertEquals("1", head.header("x-total-count"));
        assertEquals("", head.body());
    }

    @Test
    void shouldInsertALargeArrayWhenItGoesToAWorkerThread() {
        final StringBuilder rows = new StringBuilder("[");
        for (int i = 0; i < 30_000; i++) {
            rows.append(i == 0 ? "" : ",")
                    .append("{\"hp\":")
                    .append(i)
                    .append(",\"name\":\"n")
                    .append(i)
                    .append("\"}");
        }
        final Answer made = server.post(records, rows.append(']').toString());
        assertEquals(201, made.status());
        assertEquals(30_000, made.json().size());
        assertEquals("n29999", server.get(records + "/30000").json().get("name").asText());
    }
}
