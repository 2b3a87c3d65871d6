package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.table.TableMemory;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.journal.HashedState;
import io.taktdb.runtime.procedure.Parameter;
import io.taktdb.runtime.procedure.Procedure;
import io.taktdb.runtime.procedure.ProcedureInfo;
import io.taktdb.runtime.tick.SchemaProgress;
import io.taktdb.runtime.tick.Stage;
import io.taktdb.runtime.tick.SystemFigures;
import io.taktdb.runtime.tick.TickFigures;
import io.taktdb.runtime.tick.TickStatus;
import io.taktdb.runtime.tick.TickStatus.Percentiles;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The server's figures and its procedures.
 *
 * <pre>
 *   {version, uptimeSeconds, tick, commit, rateWanted, rate, latenessUs: {p50, p99, p999, max}, workUs: {..},
 *    stagesUs: {drain: {..}, systems: {..}, commit: {..}, answer: {..}, listen: {..}},
 *    systems: [{name, table, runs, failures, meanUs, maxUs, lastFailure}], overruns, lastOverrun,
 *    schemaChange: {tables, done, waiting} (done of 1; null when none is being prepared),
 *    queueDepth, queueCapacity, leases, oldestLeaseMs, overdueLeases, heldVersions, liveBytes, maxMemory,
 *    memory: {rows, heap, ids, indexes}, rows, calls, commands, refused, connections, readOnly, journalTick,
 *    journal: {..}, snapshotTick, stateHash, stateHashTick, clients}
 * </pre>
 *
 * {@code liveBytes} is what is reserved, of which {@code memory} is what tables use; the rest is shown to leases only,
 * or kept for later. What is not there yet is null. Threading: none of its own.
 */
public final class StatusJson {
    private static final double NS_PER_US = 1e3;

    private final TaktDb db;
    private final ServerFacts facts;

    public StatusJson(final TaktDb db, final ServerFacts facts) {
        this.db = db;
        this.facts = facts;
    }

    /** Writes the figures of this moment. */
    public void write(final JsonGenerator json, final TickStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("version", facts.version());
        json.writeNumberField("uptimeSeconds", (System.nanoTime() - facts.startedNs()) / 1_000_000_000L);
        json.writeNumberField("tick", status.tick());
        json.writeNumberField("commit", status.commit());
        rate(json, status);
        percentiles(json, "latenessUs", status.lateness());
        percentiles(json, "workUs", status.work());
        figures(json, db.tickFigures());
        json.writeNumberField("overruns", status.overruns());
        json.writeNumberField("queueDepth", status.queueDepth());
        json.writeNumberField("queueCapacity", status.queueCapacity());
        json.writeNumberField("leases", status.leases());
        json.writeNumberField("oldestLeaseMs", TimeUnit.NANOSECONDS.toMillis(status.oldestLeaseNs()));
        json.writeNumberField("overdueLeases", status.overdueLeases());
        json.writeNumberField("heldVersions", status.heldVersions());
        json.writeNumberField("liveBytes", status.liveBytes());
        json.writeFieldName("maxMemory");
        if (status.maxMemory() == MemoryBudget.UNLIMITED) {
            json.writeNull();
        } else {
            json.writeNumber(status.maxMemory());
        }
        memory(json, status.memory());
        json.writeNumberField("rows", status.rows());
        json.writeNumberField("calls", status.calls());
        json.writeNumberField("commands", status.commands());
        json.writeNumberField("refused", status.refused());
        json.writeNumberField("connections", facts.connections().getAsInt());
        json.writeBooleanField("readOnly", db.refusal() != null);
        JournalJson.write(json, db.journalStatus());
        json.writeFieldName("snapshotTick");
        final long snapshotTick = facts.snapshotTick().getAsLong();
        if (snapshotTick < 0) {
            json.writeNull();
        } else {
            json.writeNumber(snapshotTick);
        }
        final HashedState hash = status.stateHash();
        json.writeStringField("stateHash", hash == null ? null : hash.text());
        json.writeFieldName("stateHashTick");
        if (hash == null) {
            json.writeNull();
        } else {
            json.writeNumber(hash.tick());
        }
        json.writeNumberField("clients", status.clients());
        json.writeEndObject();
    }

    /** Writes {@code {rateWanted, rate}}. */
    public static void writeRate(final JsonGenerator json, final TickStatus status) throws IOException {
        json.writeStartObject();
        rate(json, status);
        json.writeEndObject();
    }

    private static void rate(final JsonGenerator json, final TickStatus status) throws IOException {
        json.writeNumberField("rateWanted", status.tickRate());
        json.writeNumberField("rate", Math.round(status.heldRate() * 1000) / 1000.0);
    }

    private static void figures(final JsonGenerator json, final TickFigures figures) throws IOException {
        json.writeObjectFieldStart("stagesUs");
        for (final Stage stage : Stage.values()) {
            percentiles(
                    json,
                    stage.name().toLowerCase(Locale.ROOT),
                    figures.stages().get(stage));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("systems");
        for (final SystemFigures system : figures.systems()) {
            json.writeStartObject();
            json.writeStringField("name", system.name());
            json.writeStringField("table", system.table());
            json.writeNumberField("runs", system.runs());
            json.writeNumberField("failures", system.failures());
            json.writeNumberField("meanUs", system.totalNs() / NS_PER_US / Math.max(1, system.runs()));
            json.writeNumberField("maxUs", system.maxNs() / NS_PER_US);
            json.writeStringField("lastFailure", system.lastFailure());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("lastOverrun");
        if (figures.lastOverrun() == null) {
            json.writeNull();
        } else {
            json.writeString(figures.lastOverrun().toString());
        }
        schemaChange(json, figures.schemaChange());
    }

    private static void schemaChange(final JsonGenerator json, final SchemaProgress progress) throws IOException {
        json.writeFieldName("schemaChange");
        if (progress == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeArrayFieldStart("tables");
        for (final String table : progress.tables()) {
            json.writeString(table);
        }
        json.writeEndArray();
        json.writeNumberField("done", Math.round(progress.done() * 1000) / 1000.0);
        json.writeNumberField("waiting", progress.waiting());
        json.writeEndObject();
    }

    /** Writes {@code "memory": {rows, heap, ids, indexes}}, in bytes. */
    public static void memory(final JsonGenerator json, final TableMemory memory) throws IOException {
        json.writeObjectFieldStart("memory");
        json.writeNumberField("rows", memory.rows());
        json.writeNumberField("heap", memory.heap());
        json.writeNumberField("ids", memory.ids());
        json.writeNumberField("indexes", memory.indexes());
        json.writeEndObject();
    }

    private static void percentiles(final JsonGenerator json, final String name, final Percentiles values)
            throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("p50", values.p50Ns() / NS_PER_US);
        json.writeNumberField("p99", values.p99Ns() / NS_PER_US);
        json.writeNumberField("p999", values.p999Ns() / NS_PER_US);
        json.writeNumberField("max", values.maxNs() / NS_PER_US);
        json.writeEndObject();
    }

    /** Writes all procedures as an array. */
    public void writeProcedures(final JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (final ProcedureInfo info : db.procedures()) {
            final Procedure<?, ?> figures = db.procedureFigures(info.name());
            json.writeStartObject();
            json.writeStringField("name", info.name());
            json.writeStringField("description", info.description());
            json.writeArrayFieldStart("parameters");
            for (final Parameter parameter : info.parameters()) {
                json.writeStartObject();
                json.writeStringField("name", parameter.name());
                json.writeStringField("type", parameter.type().spelling());
                json.writeBooleanField("optional", parameter.optional());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeStringField("result", info.resultType().getSimpleName());
            json.writeNumberField("calls", figures.calls());
            json.writeNumberField("failures", figures.failures());
            json.writeNumberField("meanUs", figures.totalNs() / NS_PER_US / Math.max(1, figures.calls()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
