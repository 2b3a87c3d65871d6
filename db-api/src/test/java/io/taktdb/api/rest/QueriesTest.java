package io.taktdb.api.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters, order and pages of lists, and deletes by filter, through HTTP. */
final class QueriesTest {
    private static final String MOBS = "/v1/tables/mob/records";
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        made(server.post("/v1/types", "{\"name\":\"Kind\",\"kind\":\"enum\",\"names\":[\"orc\",\"elf\",\"bat\"]}"));
        made(server.post(
                "/v1/tables",
                "{\"name\":\"mob\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"},"
                        + "{\"name\":\"name\",\"type\":\"string\",\"optional\":true},"
                        + "{\"name\":\"kind\",\"type\":\"Kind\"},{\"name\":\"seen\",\"type\":\"timestamp\"},"
                        + "{\"name\":\"pos\",\"type\":\"2xf32\"},{\"name\":\"tag\",\"type\":\"uuid\"},"
                        + "{\"name\":\"gold\",\"type\":\"u64\"},{\"name\":\"angry\",\"type\":\"bool\"},"
                        + "{\"name\":\"more\",\"type\":\"json\",\"optional\":true}]}"));
        made(server.post("/v1/tables/mob/indexes", "{\"name\":\"by_hp\",\"fields\":[\"hp\"],\"kind\":\"ordered\"}"));
        final StringBuilder rows = new StringBuilder("[");
        final String[] kinds = {"orc", "elf", "bat"};
        for (int i = 1; i <= 9; i++) {
            rows.append(i > 1 ? "," : "")
                    .append("{\"hp\":")
                    .append(i / 2 * 10)
                    .append(i == 9 ? "" : ",\"name\":\"mob " + (i == 8 ? "a,b" : i) + "\"")
                    .append(",\"kind\":\"")
                    .append(kinds[i % 3])
                    .append("\",\"seen\":\"2026-01-0")
                    .append(i)
                    .append("T00:00:00Z\"")
                    .append(",\"pos\":[")
                    .append(i)
                    .append(",0.5]")
                    .append(",\"tag\":\"00000000-0000-0000-0000-00000000000")
                    .append(i)
                    .append("\",\"gold\":")
                    .append(i == 3 ? "18446744073709551615" : i)
                    .append(",\"angry\":")
                    .append(i % 2 == 0)
                    .append('}');
        }
        made(server.post(MOBS, rows.append(']').toString()));
    }

    private static void made(final Answer answer) {
        assertEquals(201, answer.status(), answer.toString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<Long> ids(final JsonNode records) {
        final List<Long> ids = new ArrayList<>();
        records.forEach(record -> ids.add(record.get("id").asLong()));
        return ids;
    }

    private static String encoded(final String query) {
        final StringBuilder encoded = new StringBuilder();
        for (final String pair : query.split("&", -1)) {
            final int equals = pair.indexOf('=');
            encoded.append(encoded.length() == 0 ? "" : "&")
                    .append(pair, 0, equals + 1)
                    .append(URLEncoder.encode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return encoded.toString();
    }

    /** hp of ids 1 to 9: 0 10 10 20 20 30 30 40 40. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hp=20|[4, 5]",
                "hp.eq=20|[4, 5]",
                "hp.ne=20|[1, 2, 3, 6, 7, 8, 9]",
                "hp.lt=20|[1, 2, 3]",
                "hp.le=20|[1, 2, 3, 4, 5]",
                "hp.gt=20&hp.lt=40|[6, 7]",
                "hp.ge=40|[8, 9]",
                "hp.in=0,40,7|[1, 8, 9]",
                "hp=-1|[]",
                "name=mob 3|[3]",
                "name.in=mob 3,mob a\\,b|[3, 8]",
                "name.like=mob _|[1, 2, 3, 4, 5, 6, 7]",
                "name.like=%a_b|[8]",
                "name.is=null|[9]",
                "name.is=notnull&hp=40|[8]",
                "name.gt=mob 5|[6, 7, 8]",
                "kind=elf|[1, 4, 7]",
                "kind.gt=orc&hp.lt=30|[1, 2, 4, 5]",
                "seen.ge=2026-01-08T00:00:00Z|[8, 9]",
                "seen.lt=1767312000000000|[1]",
                "pos=[3,0.5]|[3]",
                "tag=00000000-0000-0000-0000-000000000004|[4]",
                "gold=18446744073709551615|[3]",
                "angry=true&hp.le=10|[2]",
                "id=4|[4]",
                "id.in=4,2,99|[2, 4]",
                "id.gt=7|[8, 9]",
                "id.le=2|[1, 2]",
                "order=-id|[9, 8, 7, 6, 5, 4, 3, 2, 1]",
                "order=-hp&limit=3|[9, 8, 7]",
                "order=-hp,id&limit=3|[8, 9, 6]",
                "order=kind,-gold|[3, 9, 6, 7, 4, 1, 8, 5, 2]",
                "order=hp&offset=2&limit=2|[3, 4]",
                "hp.ge=10&after=6&limit=2|[7, 8]",
                "hp.ge=10&order=id&after=6&limit=2|[7, 8]",
                "hp.ge=10&offset=100|[]",
                "hp.ge=10&offset=9223372036854775807|[]",
                "order=-gold&offset=9223372036854775807|[]"
            })
    void shouldFindRecordsByFilterAndOrder(final String query, final String expected) {
        final Answer answer = server.get(MOBS + "?" + encoded(query));
        assertEquals(200, answer.status(), answer.toString());
        assertEquals(expected, ids(answer.json()).toString(), answer.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'hp':20}|[4, 5]",
                "{'hp.in':[0,40,7]}|[1, 8, 9]",
                "{'name':null}|[9]",
                "{'name.ne':null,'hp':40}|[8]",
                "{'name.is':'null'}|[9]",
                "{'name.like':'%a_b'}|[8]",
                "{'gold':'18446744073709551615'}|[3]",
                "{'pos':[3,0.5]}|[3]",
                "{}|[1, 2, 3, 4, 5, 6, 7, 8, 9]"
            })
    void shouldFindTheSameByJsonRpc(final String filter, final String expected) {
        final Answer answer = server.rpc("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"table.query\",\"params\":"
                + "{\"table\":\"mob\",\"filter\":" + filter.replace('\'', '"') + "}}");
        final JsonNode result = answer.json().get("result");
        assertEquals(expected, ids(result.get("records")).toString(), answer.toString());
        assertEquals(result.get("records").size(), result.get("total").asInt());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hp=x|hp",
                "hp=1.5|hp",
                "hp=2147483648|hp",
                "hp=|hp",
                "hp=null|hp",
                "hp=1}|hp",
                "hp.in=1,x|hp.in",
                "hp.is=0|hp.is",
                "hp.near=1|hp.near",
                "hp.like=1%|hp.like",
                "hp.=1|hp.",
                "more=1|more",
                "nope=1|nope",
                "nope.gt=1|nope.gt",
                "kind=dog|kind",
                "seen=yesterday|seen",
                "tag=1|tag",
                "angry=yes|angry",
                "pos=[1]|pos",
                "id=-1|id",
                "order=nope|order",
                "order=more|order",
                "order=hp,|order",
                "order=hp&after=3|after",
                "order=hp,id,hp,id,hp,id,hp,id,hp|order",
                "after=3&offset=1|offset",
                "limit=0|limit",
                "count=2|count",
                "explain=maybe|explain"
            })
    void shouldRefuseWhatIsNoQueryAndNameTheParameter(final String query, final String parameter) {
        final Answer answer = server.get(MOBS + "?" + encoded(query));
        assertEquals(400, answer.status(), answer.toString());
        assertEquals("INVALID_PARAMETER", answer.code(), answer.toString());
        assertEquals(parameter, answer.json().path("parameter").asText(), answer.toString());
    }

    @Test
    void shouldSayHowManyThereAreAndWhereTheNextPageIs() {
        String next = MOBS + "?hp.ge=10&name.like=mob+%25&limit=3&fields=hp";
        final List<Long> walked = new ArrayList<>();
        while (next != null) {
            final Answer page = server.get(next);
            assertEquals("7", page.header("x-total-count"), page.toString());
            walked.addAll(ids(page.json()));
            final String link = page.header("link");
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        assertEquals(List.of(2L, 3L, 4L, 5L, 6L, 7L, 8L), walked);
        final Answer byHp = server.get(MOBS + "?order=-hp&limit=4");
        assertEquals("<" + MOBS + "?limit=4&offset=4&order=-hp>; rel=\"next\"", byHp.header("link"));
        assertNull(server.get(MOBS + "?count=false&hp=20").header("x-total-count"));
    }

    @Test
    void shouldSayHowRecordsAreFoundWhenAsked() {
        final String plan = server.get(MOBS + "?explain=true&hp.in=0,10").header("takt-plan");
        assertEquals("index by_hp: 0 of 1 fields equal, the next one of 2; filter [hp in ?]; sort by id", plan);
        assertEquals(
                "scan of 9 rows; filter [kind = ?]",
                server.get(MOBS + "?explain&kind=elf").header("takt-plan"));
        assertNull(server.get(MOBS).header("takt-plan"));
        final Answer rpc = server.rpc("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"table.query\",\"params\":"
                + "{\"table\":\"mob\",\"filter\":{\"id\":3},\"explain\":true}}");
        assertEquals("id; filter [id = ?]", rpc.json().at("/result/plan").asText(), rpc.toString());
    }

    @Test
    void shouldDeleteWhatAFilterFindsAndNothingElse() {
        made(server.post("/v1/tables", "{\"name\":\"gone\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"}]}"));
        final String gone = "/v1/tables/gone/records";
        made(server.post(gone, "[{\"hp\":1},{\"hp\":2},{\"hp\":3},{\"hp\":4},{\"hp\":5}]"));
        for (final String wrong : List.of("", "?hp.lt=x", "?all=true&hp=1", "?limit=1", "?all=false", "?nope=1")) {
            final Answer refused = server.delete(gone + wrong);
            assertEquals(400, refused.status(), wrong + refused);
        }
        assertEquals("5", server.get(gone).header("x-total-count"));
        assertEquals("{\"deleted\":2}", server.delete(gone + "?hp.gt=3").body());
        assertEquals("{\"deleted\":0}", server.delete(gone + "?hp.gt=3").body());
        assertEquals(List.of(1L, 2L, 3L), ids(server.get(gone).json()));
        final Answer rpc = server.rpc("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"table.delete\",\"params\":"
                + "{\"table\":\"gone\",\"filter\":{\"hp.in\":[1,3]}}}");
        assertEquals(2, rpc.json().at("/result/deleted").asInt(), rpc.toString());
        final Answer neither = server.rpc(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"table.delete\",\"params\":{\"table\":\"gone\"}}");
        assertTrue(neither.json().has("error"), neither.toString());
        assertEquals(List.of(2L), ids(server.get(gone).json()));
        assertEquals("{\"deleted\":1}", server.delete(gone + "?all=true").body());
    }

    @Test
    void shouldDeleteNothingWhenOneOfTheFoundIsReferredTo() {
        made(server.post("/v1/tables", "{\"name\":\"clan\",\"fields\":[{\"name\":\"size\",\"type\":\"i32\"}]}"));
        made(server.post(
                "/v1/tables",
                "{\"name\":\"member\",\"fields\":[{\"name\":\"clan\",\"type\":\"u64\",\"optional\":true}]}"));
        made(server.post(
                "/v1/relations",
                "{\"source_table\":\"member\",\"source_field\":\"clan\",\"destination_table\":\"clan\"}"));
        made(server.post("/v1/tables/clan/records", "[{\"size\":1},{\"size\":2},{\"size\":3}]"));
        made(server.post("/v1/tables/member/records", "{\"clan\":2}"));
        final Answer refused = server.delete("/v1/tables/clan/records?size.ge=1");
        assertEquals(409, refused.status(), refused.toString());
        assertEquals("3", server.get("/v1/tables/clan/records").header("x-total-count"));
        assertEquals(
                "{\"deleted\":2}",
                server.delete("/v1/tables/clan/records?size.ne=2").body());
    }

    /** More rows than an event loop walks: the answer comes from a worker thread and must be the same. */
    @Test
    void shouldAnswerLongQueriesFromWorkers() {
        made(server.post("/v1/tables", "{\"name\":\"crowd\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\"}]}"));
        final StringBuilder rows = new StringBuilder("[{\"hp\":0}");
        for (int i = 1; i < 12_000; i++) {
            rows.append(",{\"hp\":").append(i % 100).append('}');
        }
        made(server.post("/v1/tables/crowd/records", rows.append(']').toString()));
        final Answer page = server.get("/v1/tables/crowd/records?hp=99&limit=2");
        assertEquals("[{\"id\":100,\"hp\":99},{\"id\":200,\"hp\":99}]", page.body());
        assertEquals("120", page.header("x-total-count"));
        assertEquals(400, server.get("/v1/tables/crowd/records?hp=x").status());
        final Answer rpc = server.rpc("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"table.query\",\"params\":"
                + "{\"table\":\"crowd\",\"filter\":{\"hp.ge\":98},\"order\":\"-hp\",\"limit\":1}}");
        assertEquals(240, rpc.json().at("/result/total").asInt(), rpc.toString());
        assertEquals(12_000, rpc.json().at("/result/records/0/id").asInt(), rpc.toString());
    }
}
