package io.taktdb.runtime.procedure;

import io.taktdb.core.table.RowEditor;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.RowWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;

/**
 * Calls that the world makes to itself, later: rows of a table like any other, so they are in every state, snapshot and
 * dump, can be read by every client, and end when their row is deleted.
 *
 * <pre>
 *   takt_schedule  procedure    string
 *                  parameters   bytes, null        the record's values as a command carries them
 *                  due_tick     i64, null          runs in the first tick from this one on, or
 *                  due_time     timestamp, null    in the first tick whose time is not before this one
 *                  every_ticks  i64, null          then again, so many ticks later; null: only once
 *                  runs         i64                so often it ran
 *                  failures     i64                so often it failed: its changes were taken back
 *                  last_error   string, null       why, the last time
 * </pre>
 *
 * The table is made when the first schedule is. What runs only once is deleted as it runs. Each run is a command of its
 * own in the journal. Threading: tick thread.
 */
public final class Schedules {
    /** The table's name. */
    public static final String TABLE = "takt_schedule";

    /** The most schedules at once. */
    public static final long MAX_SCHEDULES = 1_000_000;

    private static final String PROCEDURE = "procedure";
    private static final String PARAMETERS = "parameters";
    private static final String DUE_TICK = "due_tick";
    private static final String DUE_TIME = "due_time";
    private static final String EVERY = "every_ticks";
    private static final int MAX_ERROR_CHARS = 500;

    private final Database database;
    private final ProcedureContext context;

    Schedules(final Database database, final ProcedureContext context) {
        this.database = database;
        this.context = context;
    }

    /** A row on its way to be run. */
    public record Due(String procedure, byte[] parameters) {
        public Due {
            parameters = parameters.clone();
        }

        @Override
        public byte[] parameters() {
            return parameters.clone();
        }
    }

    /**
     * Has a procedure called again and again, for the first time so many ticks from now.
     *
     * @return id of the schedule, a record of {@value #TABLE}
     * @throws DbException PROCEDURE_NOT_FOUND; SCHEMA_MISMATCH another record; INVALID_PARAMETER less than one tick;
     *     TABLE_FULL
     */
    public long every(final long ticks, final String procedure, final Record parameters) {
        if (ticks < 1) {
            throw outOfRange("everyTicks=" + ticks, "1 or more");
        }
        return add(procedure, parameters, context.tick() + ticks, null, ticks);
    }

    /**
     * Has a procedure called in a tick.
     *
     * @return as above
     * @throws DbException as above; INVALID_PARAMETER the tick is not in the future
     */
    public long at(final long tick, final String procedure, final Record parameters) {
        if (tick <= context.tick()) {
            throw outOfRange("tick=" + tick, "after the running one, tick=" + context.tick());
        }
        return add(procedure, parameters, tick, null, null);
    }

    /**
     * Has a procedure called once some of the world's time has passed.
     *
     * @return as above
     * @throws DbException as above; INVALID_PARAMETER the time is negative
     */
    public long after(final Duration time, final String procedure, final Record parameters) {
        if (time.isNegative()) {
            throw outOfRange("after=" + time, "0 or more");
        }
        return add(procedure, parameters, null, context.timeMicros() + time.toNanos() / 1_000, null);
    }

    /**
     * Ends a schedule.
     *
     * @return whether there was one
     */
    public boolean cancel(final long id) {
        final Table table = table();
        if (table == null || table.rowOf(id) < 0) {
            return false;
        }
        table.writes().delete(id);
        return true;
    }

    private static DbException outOfRange(final String what, final String wanted) {
        return new DbException(
                ErrorCode.INVALID_PARAMETER, "schedule is out of range: " + what + ", expected=" + wanted);
    }

    private long add(
            final String procedure, final Record parameters, final Long dueTick, final Long dueTime, final Long every) {
        final ExpandableArrayBuffer bytes = new ExpandableArrayBuffer(64);
        final RowWriter values = new RowWriter().wrap(bytes, 0);
        context.procedure(procedure).write(parameters, values);
        final int length = values.finish();
        if (table() == null) {
            create();
        }
        final TableSchema schema = table().schema();
        final RowDraft row = new RowDraft(schema).set(PROCEDURE, procedure);
        set(row, DUE_TICK, dueTick);
        set(row, DUE_TIME, dueTime);
        set(row, EVERY, every);
        return table().writes().insert(row.setBytes(PARAMETERS, bytes, length).finish());
    }

    private static void set(final RowDraft row, final String field, final Long value) {
        if (value != null) {
            row.set(field, value);
        }
    }

    private void create() {
        database.change(List.of(
                new CreateTable(
                        TABLE,
                        List.of(
                                FieldSpec.of(PROCEDURE, "string"),
                                FieldSpec.of(PARAMETERS, "bytes").asOptional(),
                                FieldSpec.of(DUE_TICK, "i64").asOptional(),
                                FieldSpec.of(DUE_TIME, "timestamp").asOptional(),
                                FieldSpec.of(EVERY, "i64").asOptional(),
                                FieldSpec.of("runs", "i64").withDefault("0"),
                                FieldSpec.of("failures", "i64").withDefault("0"),
                                FieldSpec.of("last_error", "string").asOptional()),
                        Map.of(),
                        MAX_SCHEDULES),
                new CreateIndex(TABLE, IndexSpec.ordered("takt_schedule_tick", DUE_TICK)),
                new CreateIndex(TABLE, IndexSpec.ordered("takt_schedule_time", DUE_TIME))));
    }

    /** The table, or null when there is none. */
    private Table table() {
        return database.schema().table(TABLE) == null ? null : database.table(TABLE);
    }

    /**
     * Moves a schedule on, before what it calls is called: to its next tick, or away.
     *
     * @param error why the run before failed, null when this is a run
     * @return what is to be called
     * @throws DbException RECORD_NOT_FOUND it ended meanwhile; CONFLICT the table is not the engine's
     */
    public Due advance(final long id, final String error) {
        final Table table = database.table(TABLE);
        final RowReader row = table.reader().require(id);
        final TableSchema schema = table.schema();
        final int parameters = field(schema, PARAMETERS);
        final byte[] values = new byte[row.isNull(parameters) ? Integer.BYTES : row.length(parameters)];
        if (!row.isNull(parameters)) {
            row.buffer(parameters).getBytes(row.offset(parameters), values);
        }
        final Due due = new Due(row.getString(field(schema, PROCEDURE)), values);
        final int every = field(schema, EVERY);
        if (row.isNull(every) || row.getLong(every) < 1) {
            table.writes().delete(id);
            return due;
        }
        final int dueTick = field(schema, DUE_TICK);
        final long next = next(row.isNull(dueTick) ? context.tick() : row.getLong(dueTick), row.getLong(every));
        final RowEditor edit = table.editor().require(id);
        edit.setLong(dueTick, next);
        edit.setNull(field(schema, DUE_TIME));
        count(edit, field(schema, "runs"));
        if (error != null) {
            count(edit, field(schema, "failures"));
            edit.setString(field(schema, "last_error"), shortened(error));
        }
        return due;
    }

    /** A text that is not too long for the table. */
    public static String shortened(final String error) {
        return error.substring(0, Math.min(error.length(), MAX_ERROR_CHARS));
    }

    private static void count(final RowEditor row, final int field) {
        row.setLong(field, row.read().getLong(field) + 1);
    }

    /** Stays on the grid; what was missed is skipped, so that nothing bursts. */
    private long next(final long due, final long every) {
        final long missed = Math.max(0, context.tick() - due) / every;
        return due + (missed + 1) * every;
    }

    private static int field(final TableSchema schema, final String name) {
        final int field = schema.indexOf(name);
        if (field < 0) {
            throw new DbException(
                    ErrorCode.CONFLICT,
                    "table of schedules lacks a field: table=" + TABLE + ", field=" + name
                            + "; the name is the engine's: rename that table, or drop it");
        }
        return field;
    }
}
