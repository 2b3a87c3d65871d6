package io.taktdb.api.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.testing.TestServer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code /metrics}, read as Prometheus reads it. */
final class MetricsTest {
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-z_][a-z0-9_]*)(\\{([a-z]+=\"([^\"\\\\]|\\\\.)*\",?)+})? (-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?|\\+Inf)");
    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    /** All samples by name and labels; fails where the text is not of the form. */
    private Map<String, Double> samples() {
        final String text = server.get("/metrics").body();
        assertTrue(text.endsWith("\n"), text);
        final Map<String, Double> samples = new LinkedHashMap<>();
        final Set<String> finished = new HashSet<>();
        String typed = "";
        for (final String line : text.lines().toList()) {
            if (line.startsWith("# HELP ")) {
                finished.add(typed);
                typed = line.split(" ", -1)[2];
                assertTrue(!finished.contains(typed), "lines of one metric must follow each other: " + typed);
            } else if (line.startsWith("# TYPE ")) {
                final String[] words = line.split(" ", -1);
                assertEquals(typed, words[2]);
                assertEquals("counter".equals(words[3]), typed.endsWith("_total"), line);
            } else {
                final Matcher sample = SAMPLE.matcher(line);
                assertTrue(sample.matches(), line);
                assertEquals(typed, sample.group(1), line);
                final double value = Double.parseDouble(sample.group(5).replace("+Inf", "Infinity"));
                assertEquals(null, samples.put(line.substring(0, line.lastIndexOf(' ')), value), line);
            }
        }
        return samples;
    }

    @Test
    void shouldCountRequestsByRouteAndStatusWhenTheyWereAnswered() {
        server.post("/v1/push/item", "[{\"a\":1},{\"a\":2}]");
        server.get("/v1/tables/item/records/1");
        server.get("/v1/tables/item/records/2");
        server.get("/v1/tables/item/records/99");
        server.get("/none");
        final Map<String, Double> samples = samples();
        final String record =
                "takt_http_requests_total{method=\"GET\",route=\"/v1/tables/{table}/records/{id}\",status=";
        assertEquals(2, samples.get(record + "\"200\"}"), samples.toString());
        assertEquals(1, samples.get(record + "\"404\"}"));
        assertEquals(1, samples.get("takt_http_requests_total{method=\"\",route=\"/none\",status=\"404\"}"));
        assertEquals(2, samples.get("takt_rows"));
        assertTrue(samples.containsKey("takt_commands_total"));
        assertTrue(samples.get("takt_http_connections") >= 1);
        assertTrue(samples.get("takt_http_received_bytes_total") > 100);
        assertTrue(samples.get("takt_http_sent_bytes_total") > 100);
    }

    @Test
    @Tag("el_1:test_performance_metrics")
    void shouldShowEveryStageAndLimit() {
        final Map<String, Double> samples = samples();
        for (final String name : List.of(
                "takt_ready",
                "takt_tick_rate_wanted",
                "takt_tick_lateness_seconds{quantile=\"0.99\"}",
                "takt_tick_work_seconds{quantile=\"1\"}",
                "takt_stage_seconds{stage=\"commit\",quantile=\"0.5\"}",
                "takt_queue_commands",
                "takt_queue_limit_commands",
                "takt_leases",
                "takt_memory_bytes",
                "takt_memory_used_bytes{kind=\"indexes\"}",
                "takt_journal_on",
                "takt_journal_sync_seconds{quantile=\"0.99\"}",
                "takt_procedure_calls_total{procedure=\"test.nothing\"}",
                "takt_http_replies_waiting",
                "takt_http_body_bytes",
                "takt_stream_topics",
                "takt_limit{name=\"connections\"}",
                "takt_limit{name=\"stallTimeMs\"}")) {
            assertTrue(samples.containsKey(name), () -> name + " is not among " + samples.keySet());
        }
        assertEquals(20_000, samples.get("takt_limit{name=\"connections\"}"));
        assertEquals(1, samples.get("takt_ready"));
    }
}
