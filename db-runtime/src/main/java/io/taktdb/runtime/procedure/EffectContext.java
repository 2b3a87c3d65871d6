package io.taktdb.runtime.procedure;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;

/**
 * What the effects of a system may read and change: the tables and fields that it declared, and no others.
 *
 * <p>Threading: tick thread, valid during the merge only.
 */
public final class EffectContext {
    private final SystemPlan<?> plan;
    private final ProcedureContext context;

    /**
     * @param context begun for the running tick
     */
    public EffectContext(final SystemPlan<?> plan, final ProcedureContext context) {
        this.plan = plan;
        this.context = context;
    }

    /** The running tick. */
    public long tick() {
        return context.tick();
    }

    /** Microseconds since 1970-01-01T00:00:00Z at the start of the tick. */
    public long timeMicros() {
        return context.timeMicros();
    }

    /** Random numbers of this merge. */
    public TickRandom random() {
        return context.random();
    }

    /** Whether there is a record of an id. */
    public boolean exists(final String table, final long id) {
        return readable(table).exists(id);
    }

    /** The value of a field that holds a whole number. */
    public long getLong(final String table, final long id, final String field) {
        final ProcedureTable rows = readable(table);
        return rows.reader().require(id).getLong(rows.field(field));
    }

    /** The value of a field that holds a number. */
    public double getDouble(final String table, final long id, final String field) {
        final ProcedureTable rows = readable(table);
        return rows.reader().require(id).getDouble(rows.field(field));
    }

    /** Sets a field that the system declared with {@link SystemPlan#writes}. */
    public void set(final String table, final long id, final String field, final long value) {
        final ProcedureTable rows = writable(table, field);
        rows.edit(id).setLong(rows.field(field), value);
    }

    /** Sets a field that the system declared with {@link SystemPlan#writes}. */
    public void set(final String table, final long id, final String field, final double value) {
        final ProcedureTable rows = writable(table, field);
        rows.edit(id).setDouble(rows.field(field), value);
    }

    /** Deletes a record of a table that the system declared with {@link SystemPlan#writesRows}. */
    public void delete(final String table, final long id) {
        writable(table, SystemPlan.ALL_FIELDS).delete(id);
    }

    /** A table that the system declared with {@link SystemPlan#writesRows}, to insert rows. */
    public ProcedureTable table(final String table) {
        return writable(table, SystemPlan.ALL_FIELDS);
    }

    private ProcedureTable readable(final String table) {
        if (!plan.readsTable(table)) {
            throw plan.undeclared("reads", table, null);
        }
        return context.table(table);
    }

    private ProcedureTable writable(final String table, final String field) {
        if (!plan.writesField(table, field)) {
            throw plan.undeclared("writes", table, field);
        }
        return context.table(table);
    }

    /** The error for a system that does what it did not declare. */
    static DbException undeclared(final String system, final String what, final String table, final String field) {
        final boolean rows = SystemPlan.ALL_FIELDS.equals(field);
        final String fix = what.equals("reads")
                ? ".reads(\"" + table + "\")"
                : rows ? ".writesRows(\"" + table + "\")" : ".writes(\"" + table + "\", \"" + field + "\")";
        return new DbException(
                ErrorCode.CONFLICT,
                "system " + what + " what it did not declare: system=" + system + ", table=" + table
                        + (field == null || rows ? "" : ", field=" + field) + "; add " + fix + " to its plan");
    }
}
