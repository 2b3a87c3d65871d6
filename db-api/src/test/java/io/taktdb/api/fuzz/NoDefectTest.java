package io.taktdb.api.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.taktdb.api.testing.TestServer;
import io.taktdb.api.testing.TestServer.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Damaged input of every kind: an answer that says what is wrong, never 500, and the server goes on. */
final class NoDefectTest {
    private static final String[] BODIES = {
        "[{\"hp\":1,\"name\":\"a\",\"pos\":[1,2,3],\"more\":{\"a\":[1,{\"b\":null}]}}]",
        "{\"operations\":[{\"insert\":{\"table\":\"unit\",\"record\":{\"hp\":1}}},"
                + "{\"update\":{\"table\":\"unit\",\"id\":1,\"record\":{\"hp\":2}}},"
                + "{\"delete\":{\"table\":\"unit\",\"filter\":{\"hp.gt\":99}}},{\"call\":{\"procedure\":"
                + "\"test.nothing\"}}]}",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"table.query\",\"params\":{\"table\":\"unit\",\"filter\":"
                + "{\"hp.in\":[1,2],\"name.like\":\"a%\"},\"order\":\"-hp\"}},{\"jsonrpc\":\"2.0\",\"method\":"
                + "\"test.echo\","
                + "\"params\":[\"x\",1,true]}]",
        "{\"tables\":[{\"name\":\"unit\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\",\"default\":1},"
                + "{\"name\":\"tags\",\"type\":\"list<string>\"}],\"indexes\":[{\"name\":\"i\","
                + "\"fields\":[\"hp\"]}]}],"
                + "\"types\":[{\"name\":\"V\",\"kind\":\"composite\",\"members\":[{\"name\":\"x\",\"type\":"
                + "\"f32\"}]}],"
                + "\"relations\":[]}"
    };
    private static final String[] TARGETS = {
        "POST /v1/push/unit",
        "POST /v1/push/pushed",
        "POST /v1/transactions",
        "POST /rpc",
        "POST /v1/tables/unit/records",
        "PUT /v1/tables/unit/records/1",
        "PATCH /v1/tables/unit/records/1",
        "PUT /v1/schema?dryRun=true",
        "POST /v1/tables",
        "POST /v1/types",
        "POST /v1/relations",
        "POST /v1/tables/unit/indexes",
        "POST /v1/tables/unit/fields",
        "PATCH /v1/tables/unit/fields/hp"
    };
    private static final String[] PIECES = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "null",
        "true",
        "-",
        "1e999",
        "18446744073709551616",
        "\\ud800",
        "\\u0000",
        "é",
        "\"id\":",
        "\"hp\":",
        "[[[[[[[[",
        "1.5",
        "-0.0",
        "\"\"",
        " ",
        "list<",
        "option<i32>",
        "2.0",
        "\"x\":{\"y\":[]}"
    };
    private static final String[] FILTERS = {
        "hp",
        "name",
        "pos",
        "more",
        "id",
        "nope",
        "hp.in",
        "name.like",
        "hp.is",
        "order",
        "fields",
        "limit",
        "offset",
        "after",
        "id.gt",
        "name.",
        ".",
        "hp.gt.lt",
        "count",
        "explain",
        "int64"
    };
    private static final String[] VALUES = {
        "",
        "1",
        "-1",
        "null",
        "notnull",
        "a%",
        "%_\\",
        "[1,2,3]",
        "1,2,3",
        "\\,",
        "18446744073709551615",
        "1e999",
        "NaN",
        "true",
        "-hp,name",
        "\u0000",
        "é",
        "{}",
        "\"",
        "hp",
        "9223372036854775808",
        "2026-01-01T00:00:00Z",
        "%%%%%%%%a"
    };

    private static TestServer server;

    @BeforeContainer
    static void start() {
        server = TestServer.start();
        final Answer made = server.post(
                "/v1/tables",
                "{\"name\":\"unit\",\"fields\":[{\"name\":\"hp\",\"type\":\"i32\",\"default\":1},"
                        + "{\"name\":\"name\",\"type\":\"string\",\"optional\":true},"
                        + "{\"name\":\"pos\",\"type\":\"3xf32\",\"default\":[0,0,0]},"
                        + "{\"name\":\"more\",\"type\":\"json\",\"optional\":true}]}");
        assertEquals(201, made.status(), made.toString());
    }

    @AfterContainer
    static void stop() {
        assertEquals(200, server.get("/health").status());
        server.close();
    }

    private static String damaged(final Random random) {
        final StringBuilder text = new StringBuilder(BODIES[random.nextInt(BODIES.length)]);
        for (int i = random.nextInt(4); i > 0; i--) {
            final int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                case 2 -> text.setLength(at);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(40))));
            }
        }
        return text.toString();
    }

    @Property(tries = 400)
    void shouldAnswerDamagedBodies(@ForAll final long seed) {
        final Random random = new Random(seed);
        final String body = damaged(random);
        final String[] target = TARGETS[random.nextInt(TARGETS.length)].split(" ", 2);
        final Answer answer = server.send(target[0], target[1], body);
        assertNotEquals(500, answer.status(), target[0] + ' ' + target[1] + ' ' + body + ": " + answer);
        assertEquals(-1, answer.body().indexOf("\"code\":-32603"), body + ": " + answer);
    }

    @Property(tries = 400)
    void shouldAnswerOddQueries(@ForAll final long seed) {
        final Random random = new Random(seed);
        final StringBuilder query = new StringBuilder("/v1/tables/unit/records");
        for (int i = random.nextInt(4); i >= 0; i--) {
            query.append(query.indexOf("?") < 0 ? '?' : '&')
                    .append(URLEncoder.encode(FILTERS[random.nextInt(FILTERS.length)], StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(VALUES[random.nextInt(VALUES.length)], StandardCharsets.UTF_8));
        }
        final Answer answer = server.send(random.nextInt(10) == 0 ? "DELETE" : "GET", query.toString(), null);
        assertNotEquals(500, answer.status(), query + ": " + answer);
    }
}
