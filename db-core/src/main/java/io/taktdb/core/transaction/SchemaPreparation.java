package io.taktdb.core.transaction;

import io.taktdb.core.table.Table;
import io.taktdb.core.table.TablePreparation;
import io.taktdb.types.evolution.SchemaEvolution;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * Schema changes of large tables on their way: what they need is made beforehand, a little at a time.
 *
 * <pre>
 *   begin ──► advance, advance, .. ──► true ──► Database.change with the same changes ──► end
 *                              └── an error: the changes would be refused ─────────────────────────► end
 * </pre>
 *
 * Nothing that is made before is part of a state: without it {@link Database#change} does the same, in one step.
 * Threading: tick thread, between transactions.
 */
public final class SchemaPreparation {
    private final Database database;
    private final Schema base;
    private final List<TablePreparation> tables;

    private SchemaPreparation(final Database database, final List<TablePreparation> tables) {
        this.database = database;
        this.base = database.schema();
        this.tables = tables;
    }

    /**
     * Begins; null when all of it is best done at once.
     *
     * @throws io.taktdb.types.error.DbException the schema alone refuses the changes
     */
    public static SchemaPreparation begin(final Database database, final List<SchemaChange> changes) {
        Schema next = database.schema();
        for (final SchemaChange change : changes) {
            next = SchemaEvolution.apply(next, change);
        }
        final List<TablePreparation> tables = new ArrayList<>();
        for (final TableSchema wanted : next.tables().values()) {
            final Table table = database.tableById(wanted.id());
            final TablePreparation begun = table == null ? null : TablePreparation.begin(table, wanted);
            if (begun != null) {
                tables.add(begun);
            }
        }
        return tables.isEmpty() ? null : new SchemaPreparation(database, tables);
    }

    /**
     * Goes on until a time, a step at the least; after an error it can only be ended.
     *
     * @return whether the changes may be made now
     * @throws io.taktdb.types.error.DbException what the changes would be refused with; OUT_OF_MEMORY
     */
    public boolean advance(final long untilNs) {
        final int mark = database.mark();
        try {
            boolean ready = true;
            for (int i = 0; ready && i < tables.size(); i++) {
                ready = tables.get(i).advance(untilNs);
            }
            database.settle();
            return ready;
        } catch (final RuntimeException | Error e) {
            database.rollback(mark);
            throw e;
        }
    }

    /** Whether the schema has changed meanwhile, so that another beginning is needed. */
    @SuppressWarnings("ReferenceEquality") // the very schema that it began with
    public boolean isOutdated() {
        return database.schema() != base;
    }

    /** How much is done, from 0 to 1. */
    public double progress() {
        return tables.stream().mapToDouble(TablePreparation::progress).average().orElse(1);
    }

    /** Names of the tables that it is for. */
    public List<String> tables() {
        return tables.stream().map(table -> table.table().name()).toList();
    }

    /** Ends it, used or not; what the changes did not take is given back with the next commit. */
    public void end() {
        tables.forEach(TablePreparation::end);
        database.settle();
    }
}
