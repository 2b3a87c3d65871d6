package io.taktdb.api.rest;

import io.taktdb.api.http.Exchange;
import io.taktdb.api.http.HttpFigures;
import io.taktdb.api.http.IdempotencyKeys;
import io.taktdb.api.http.LimitTable;
import io.taktdb.api.http.RequestCounts;
import io.taktdb.api.http.Response;
import io.taktdb.api.http.Role;
import io.taktdb.api.http.Route;
import io.taktdb.api.http.StreamFigures;
import io.taktdb.api.json.ServerFacts;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.journal.JournalStatus;
import io.taktdb.runtime.procedure.Procedure;
import io.taktdb.runtime.procedure.ProcedureInfo;
import io.taktdb.runtime.tick.Stage;
import io.taktdb.runtime.tick.SystemFigures;
import io.taktdb.runtime.tick.TickFigures;
import io.taktdb.runtime.tick.TickStatus;
import io.taktdb.runtime.tick.TickStatus.Percentiles;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * {@code GET /metrics}: what the engine and the server count anyway, in the text form of Prometheus.
 *
 * <p>Threading: event loops; nothing of this runs on the tick thread.
 */
@SuppressWarnings("LongDoubleConversion") // counts below 2^53 are exact, and a metric needs no more
public final class MetricRoutes {
    private static final double NS_PER_SECOND = 1e9;

    private final TaktDb db;
    private final ServerFacts facts;
    private final Supplier<HttpFigures> http;
    private final Supplier<StreamFigures> streams;
    private final IdempotencyKeys keys;

    public MetricRoutes(
            final TaktDb db,
            final ServerFacts facts,
            final Supplier<HttpFigures> http,
            final Supplier<StreamFigures> streams,
            final IdempotencyKeys keys) {
        this.db = db;
        this.facts = facts;
        this.http = http;
        this.streams = streams;
        this.keys = keys;
    }

    public List<Route> routes() {
        return List.of(Route.get("/metrics", Role.READ, "text/plain", this::metrics));
    }

    private void metrics(final Exchange exchange) {
        exchange.query().only();
        final MetricText text = new MetricText();
        final TickStatus status = db.status();
        server(text);
        loop(text, status);
        stages(text, db.tickFigures());
        engine(text, status);
        memory(text, status);
        journal(text, db.journalStatus());
        procedures(text);
        http(text, http.get());
        exchange.respond(Response.of(200).text(MetricText.TYPE, text.toString(), exchange.allocator()));
    }

    private void server(final MetricText text) {
        final double upSeconds = (System.nanoTime() - facts.startedNs()) / NS_PER_SECOND;
        final boolean isReady = db.isRunning() && !facts.isStopping().getAsBoolean() && db.refusal() == null;
        final Runtime java = Runtime.getRuntime();
        text.gauge("info", "Always 1; the version is its label.", 1, "version", facts.version())
                .gauge("uptime_seconds", "Time since the start.", upSeconds)
                .gauge("ready", "1 when writes are taken.", isReady ? 1 : 0)
                .gauge(
                        "read_only",
                        "1 when writes are refused, since they cannot be stored.",
                        db.refusal() == null ? 0 : 1)
                .gauge(
                        "snapshot_tick",
                        "Tick of the newest snapshot, -1 without one.",
                        facts.snapshotTick().getAsLong())
                .gauge("java_heap_bytes", "Java heap in use.", java.totalMemory() - java.freeMemory())
                .gauge("java_heap_limit_bytes", "The most that the Java heap may be.", java.maxMemory());
    }

    private static void loop(final MetricText text, final TickStatus status) {
        text.counter("ticks_total", "Number of the newest tick.", status.tick())
                .counter("commits_total", "Number of the newest commit.", status.commit())
                .gauge("tick_rate_wanted", "Ticks a second as configured.", status.tickRate())
                .gauge("tick_rate", "Ticks a second over the last seconds.", status.heldRate())
                .counter("tick_overruns_total", "Ticks that still ran at the next deadline.", status.overruns());
        quantiles(text, "tick_lateness_seconds", "Start of ticks behind their deadlines.", status.lateness());
        quantiles(text, "tick_work_seconds", "Time that ticks take.", status.work());
    }

    private static void stages(final MetricText text, final TickFigures figures) {
        for (final Stage stage : Stage.values()) {
            quantiles(
                    text,
                    "stage_seconds",
                    "Time of a tick by stage.",
                    figures.stages().get(stage),
                    "stage",
                    stage.name().toLowerCase(Locale.ROOT));
        }
        figures.systems().forEach(one -> system(text, "runs", one.name(), one.runs()));
        figures.systems().forEach(one -> system(text, "failures", one.name(), one.failures()));
        for (final SystemFigures one : figures.systems()) {
            text.counter(
                    "system_seconds_total", "Time in a system.", one.totalNs() / NS_PER_SECOND, "system", one.name());
        }
    }

    private static void system(final MetricText text, final String what, final String name, final long count) {
        text.counter("system_" + what + "_total", "What systems did: " + what + ".", count, "system", name);
    }

    private static void engine(final MetricText text, final TickStatus status) {
        text.gauge("queue_commands", "Commands that wait for the loop.", status.queueDepth())
                .gauge("queue_limit_commands", "The most that may wait.", status.queueCapacity())
                .counter("commands_total", "Commands applied, refused ones included.", status.commands())
                .counter("commands_refused_total", "Commands refused.", status.refused())
                .counter("calls_total", "Calls of procedures.", status.calls())
                .gauge("rows", "Records of all tables.", status.rows())
                .gauge("leases", "Reads under way.", status.leases())
                .gauge("lease_oldest_seconds", "Age of the oldest read.", status.oldestLeaseNs() / NS_PER_SECOND)
                .gauge("leases_overdue", "Reads that take longer than they should.", status.overdueLeases())
                .gauge("versions_held", "Old states that reads still hold.", status.heldVersions());
    }

    private static void memory(final MetricText text, final TickStatus status) {
        final double limit =
                status.maxMemory() == MemoryBudget.UNLIMITED ? Double.POSITIVE_INFINITY : status.maxMemory();
        text.gauge("memory_bytes", "Memory of the tables that is reserved.", status.liveBytes())
                .gauge("memory_limit_bytes", "Beyond it writes are refused.", limit);
        final Map<String, Long> kinds = Map.of(
                "rows", status.memory().rows(),
                "heap", status.memory().heap(),
                "ids", status.memory().ids(),
                "indexes", status.memory().indexes());
        kinds.forEach((kind, bytes) ->
                text.gauge("memory_used_bytes", "Memory of the tables that is in use.", bytes, "kind", kind));
    }

    private static void journal(final MetricText text, final JournalStatus journal) {
        text.gauge("journal_on", "1 with a journal.", journal.mode() == JournalStatus.Mode.OFF ? 0 : 1)
                .gauge("journal_tick", "Newest tick on the disk, -1 without one.", journal.tick())
                .gauge("journal_disk_bytes", "Bytes of the journal's files.", journal.diskBytes())
                .gauge("journal_waiting_bytes", "Bytes that wait to be written.", journal.waitingBytes())
                .gauge("journal_waiting_limit_bytes", "The most that may wait.", journal.maxWaitingBytes())
                .counter("journal_written_bytes_total", "Bytes written.", journal.writtenBytes())
                .counter("journal_syncs_total", "Syncs of the disk.", journal.syncs())
                .counter("journal_failures_total", "Failures of the disk.", journal.failures());
        text.quantiles(
                "journal_sync_seconds",
                "Time of a sync.",
                journal.syncP50Ns(),
                journal.syncP99Ns(),
                journal.syncP99Ns(),
                journal.syncMaxNs());
    }

    private void procedures(final MetricText text) {
        final List<String> names =
                db.procedures().stream().map(ProcedureInfo::name).toList();
        for (final String name : names) {
            text.counter(
                    "procedure_calls_total",
                    "Calls by procedure.",
                    figures(name).calls(),
                    "procedure",
                    name);
        }
        for (final String name : names) {
            text.counter(
                    "procedure_failures_total",
                    "Calls that failed.",
                    figures(name).failures(),
                    "procedure",
                    name);
        }
        for (final String name : names) {
            final double seconds = figures(name).totalNs() / NS_PER_SECOND;
            text.counter("procedure_seconds_total", "Time in a procedure.", seconds, "procedure", name);
        }
    }

    private Procedure<?, ?> figures(final String name) {
        return db.procedureFigures(name);
    }

    private void http(final MetricText text, final HttpFigures figures) {
        final StreamFigures live = streams.get();
        text.gauge("http_connections", "Open connections.", figures.connections())
                .counter(
                        "http_connections_refused_total",
                        "Closed since there were too many.",
                        figures.refusedConnections())
                .gauge("http_replies_waiting", "Commands without a reply so far.", figures.waitingReplies())
                .gauge("http_body_bytes", "Memory of unfinished bodies.", figures.bodyBytes())
                .gauge("http_work_waiting", "Large requests that wait for a thread.", figures.waitingWork())
                .counter(
                        "http_received_bytes_total",
                        "Bytes that came.",
                        figures.requests().receivedBytes())
                .counter(
                        "http_sent_bytes_total",
                        "Bytes of answers' content.",
                        figures.requests().sentBytes())
                .gauge("stream_topics", "Selections that are followed live.", live.topics())
                .counter("stream_cut_off_total", "Clients cut off since they read too slowly.", live.cutOff())
                .gauge("stream_subscriptions", "Live streams and subscriptions that are open.", live.followers())
                .gauge("idempotency_keys", "Keys that are remembered or under way.", keys.keys())
                .gauge("idempotency_bytes", "Answers that are kept for retries.", keys.bytes());
        for (final Map.Entry<RequestCounts.Line, LongAdder> one :
                figures.requests().answers().entrySet()) {
            text.counter(
                    "http_requests_total",
                    "Requests answered.",
                    one.getValue().sum(),
                    "method",
                    one.getKey().method(),
                    "route",
                    one.getKey().pattern(),
                    "status",
                    Integer.toString(one.getKey().status()));
        }
        LimitTable.of(figures.limits())
                .forEach((name, value) ->
                        text.gauge("limit", "Limits as configured; times in milliseconds.", value, "name", name));
    }

    private static void quantiles(
            final MetricText text,
            final String name,
            final String help,
            final Percentiles values,
            final String... labels) {
        text.quantiles(name, help, values.p50Ns(), values.p99Ns(), values.p999Ns(), values.maxNs(), labels);
    }
}
