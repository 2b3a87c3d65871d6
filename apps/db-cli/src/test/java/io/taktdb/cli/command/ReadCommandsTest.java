package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code status}, {@code tables} and {@code get}. */
final class ReadCommandsTest {
    private final StubServer server = new StubServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldShowNestedStatusAsAlignedLinesWhenAsked() {
        server.on("GET /v1/status", 200, "{\"tick\":7,\"lateness\":{\"p50\":0.1,\"p99\":2.5},\"tables\":[]}");
        final CommandLineRun run = CommandLineRun.of(server, "status");
        assertEquals("tick          7\nlateness.p50  0.1\nlateness.p99  2.5\ntables        []\n", run.out());
        assertEquals(0, run.code(), run::err);
    }

    @Test
    void shouldShowItsTokenWhenOneIsGiven() {
        server.on("GET /v1/status", 200, "{\"tick\":7}");
        assertEquals(
                0, CommandLineRun.of(server, "status", "--token", "a-secret").code());
        assertEquals("Bearer a-secret", server.requests().get(0).authorization());
        final CommandLineRun wrong = CommandLineRun.of(server, "status", "--token", "two words");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("not a token: length=9"), wrong.err());
        assertEquals(1, server.requests().size());
    }

    @Test
    void shouldPrintOneLineEachTimeWhenWatchedWithoutTerminal() {
        server.on("GET /v1/status", 200, "{\"tick\":7,\"rate\":{\"held\":60}}");
        server.on("GET /v1/status", 200, "{\"tick\":67}");
        final CommandLineRun run = CommandLineRun.of(server, "status", "--watch", "--count", "2");
        assertEquals("tick=7\ntick=67\n", run.out());
    }

    @Test
    void shouldRepaintInPlaceWhenWatchedInTerminal() {
        server.on("GET /v1/status", 200, """
                {"version":"0.1.0","uptimeSeconds":3725,"tick":123456,"commit":200000,"rateWanted":60,"rate":59.98,
                 "latenessUs":{"p50":0.1,"p99":12.5,"p999":80,"max":1500},"overruns":3,"queueDepth":0,
                 "queueCapacity":65536,"rows":20379,"liveBytes":134217728,"snapshotTick":1200,"journalTick":1300,
                 "journal":{"mode":"on","waitingCommits":2,"syncUs":{"p50":900,"p99":12000,"max":1},"failures":0}}
                """);
        server.on("GET /v1/tables", 200, """
                [{"name":"kind","rows":149,"bytes":4096},{"name":"mob","rows":20000,"bytes":640000}]
                """);
        final CommandLineRun run =
                CommandLineRun.plain("", true, "status", "--watch", "--count", "2", "--server", server.url());
        final List<String> screen =
                run.out().replace("\u001b[K", "").lines().limit(13).toList();
        assertEquals("takt 0.1.0  " + server.url() + "  up 1 h 2 min", screen.get(0));
        assertEquals("tick         123,456  commit 200,000", screen.get(2));
        assertEquals("rate         60.0 of 60 Hz  3 overruns  █", screen.get(3));
        assertEquals("lateness     p50 0.1 µs  p99 12.5 µs  p99.9 80.0 µs  max 1.5 ms  █", screen.get(4));
        assertEquals("world        20,379 rows  128.0 MiB  - calls", screen.get(7));
        assertEquals("on disk      snapshot of tick 1,200  journal to tick 1,300", screen.get(9));
        assertEquals("journal      on  2 commits wait  sync p50 900.0 µs  p99 12.0 ms  0 failures", screen.get(10));
        assertEquals("tables       mob                           20,000 rows  625.0 KiB", screen.get(11));
        assertEquals("             kind                             149 rows  4.0 KiB", screen.get(12));
        assertTrue(run.out().contains("\u001b[J\u001b[13F"), () -> "no move up over the lines: " + run.out());
    }

    @Test
    void shouldKeepWatchingWhenServerGoesAway() {
        server.on("GET /v1/status", 503, "{\"code\":\"UNAVAILABLE\",\"detail\":\"stopping\"}");
        server.on("GET /v1/status", 200, "{\"tick\":9}");
        final CommandLineRun run = CommandLineRun.of(server, "status", "--watch", "--count", "2");
        assertEquals("tick=9\n", run.out());
        assertEquals("error UNAVAILABLE: stopping\n", run.err());
        assertEquals(0, run.code());
    }

    @Test
    void shouldListTablesWithFieldsWhenAsked() {
        server.on("GET /v1/tables", 200, """
                [{"name":"mob","rows":20000,"bytes":640000,"rowBytes":32,"fields":[
                  {"name":"id","type":"u64"},{"name":"tag","type":"string","optional":true}]}]
                """);
        final CommandLineRun run = CommandLineRun.of(server, "tables");
        assertEquals("TABLE   ROWS   BYTES  ROW  FIELDS\nmob    20000  640000   32  id u64, tag string?\n", run.out());
    }

    @Test
    void shouldShowOneRecordWhenIdIsGiven() {
        server.on("GET /v1/tables/mob/records/7", 200, "{\"id\":7,\"pos\":[1.5,2,3],\"name\":null}");
        assertEquals(
                "id    7\npos   [1.5,2,3]\nname\n",
                CommandLineRun.of(server, "get", "mob", "7").out());
    }

    @Test
    void shouldShowPageAsTableAndNameNextOneWhenThereIsMore() {
        server.on(
                "GET /v1/tables/mob/records?limit=2&after=5",
                200,
                "[{\"id\":6,\"hp\":10},{\"id\":18446744073709551615,\"hp\":-3,\"tag\":\"boss\"}]",
                "X-Total-Count",
                "57",
                "Link",
                "</v1/tables/mob/records?limit=2&after=8>; rel=\"next\"");
        final CommandLineRun run = CommandLineRun.of(server, "get", "mob", "--limit", "2", "--after", "5");
        assertEquals("""
                              id  hp  tag
                               6  10
            18446744073709551615  -3  boss
            (2 of 57 records; more with --after 18446744073709551615)
            """, run.out());
    }

    @Test
    void shouldSayZeroRecordsWhenTableIsEmpty() {
        server.on("GET /v1/tables/mob/records?offset=9", 200, "[]", "X-Total-Count", "0");
        assertEquals(
                "(0 of 0 records)\n",
                CommandLineRun.of(server, "get", "mob", "--offset", "9").out());
    }

    @Test
    void shouldPrintServersJsonUntouchedWhenJsonIsWanted() {
        server.on("GET /v1/tables/mob/records/7", 200, "{\"id\":7,  \"big\":1.50000000000000000000001}");
        assertEquals(
                "{\"id\":7,  \"big\":1.50000000000000000000001}\n",
                CommandLineRun.of(server, "get", "mob", "7", "--json").out());
    }

    @Test
    void shouldEncodeEachPartOfPathWhenNamesAreOdd() {
        server.on("GET /v1/tables/a%2Fb%20%22c%C3%A4/records/%2E%2E", 200, "{\"id\":1}");
        final CommandLineRun run = CommandLineRun.of(server, "get", "a/b \"cä", "..");
        assertEquals("id  1\n", run.out(), () -> server.requests().toString() + run.err());
    }

    @Test
    void shouldNotLetStoredTextSteerTerminalWhenShown() {
        server.on("GET /v1/tables/mob/records/7", 200, "{\"name\":\"\\u001b[2Jgone\\nnext\"}");
        assertEquals(
                "name  \\u001b[2Jgone\\nnext\n",
                CommandLineRun.of(server, "get", "mob", "7").out());
    }
}
