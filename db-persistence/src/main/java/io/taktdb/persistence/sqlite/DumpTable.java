package io.taktdb.persistence.sqlite;

import io.taktdb.core.state.State;
import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How one table stands in a dump: its name, the form of its ids, its columns.
 *
 * <p>Threading: made and used by one thread under the state's lease.
 */
final class DumpTable {
    /** The most columns of an SQL table in every SQLite that was built without other limits. */
    static final int MAX_COLUMNS = 2000;

    /** The most fields with a column of their own, if there are more than fit: id and rest take one each. */
    static final int MAX_OWN_COLUMNS = MAX_COLUMNS - 2;

    private final TableState state;
    private final String sqlName;
    private final boolean textIds;
    private final List<DumpColumn> columns = new ArrayList<>();
    private final int firstRest;
    private final String restColumn;
    private final DumpConstraints constraints;

    private DumpTable(final TableState state, final Map<Integer, Boolean> textIdsByTable, final Schema world) {
        final TableSchema schema = state.schema();
        final int fields = schema.fields().size();
        this.state = state;
        this.sqlName = DumpNames.ofTable(schema.name());
        this.textIds = textIdsByTable.get(schema.id());
        this.firstRest = fields < MAX_COLUMNS ? fields : MAX_OWN_COLUMNS;
        this.restColumn = firstRest == fields ? null : DumpNames.restColumn(fieldNames(schema));
        for (int i = 0; i < firstRest; i++) {
            final boolean large = hasLargeValue(i) || refersToText(world, i, textIdsByTable);
            columns.add(DumpColumn.of(schema.name(), i, schema.fields().get(i), large));
        }
        this.constraints = new DumpConstraints(world, schema, columns);
    }

    /** All tables of a state: a field that refers to ids stands in the form of those ids. */
    static List<DumpTable> of(final State state) {
        final Map<Integer, Boolean> textIds = new HashMap<>();
        for (final TableState table : state.tables()) {
            textIds.put(table.schema().id(), hasLargeId(table));
        }
        return state.tables().stream()
                .map(table -> new DumpTable(table, textIds, state.schema()))
                .toList();
    }

    private boolean refersToText(final Schema world, final int field, final Map<Integer, Boolean> textIdsByTable) {
        final int fieldId = state.schema().fields().get(field).id();
        return world.relations().stream()
                .filter(relation -> relation.uses(state.schema().id(), fieldId))
                .anyMatch(relation -> textIdsByTable.get(relation.destinationTableId()));
    }

    private static boolean hasLargeId(final TableState state) {
        final IdWalk walk = state.walk();
        return walk.from(Long.MIN_VALUE).next();
    }

    private static Set<String> fieldNames(final TableSchema schema) {
        final Set<String> names = new HashSet<>();
        for (final Field field : schema.fields()) {
            names.add(Names.fold(field.name()));
        }
        return names;
    }

    private boolean hasLargeValue(final int field) {
        if (state.schema().fields().get(field).type() != ScalarType.U64) {
            return false;
        }
        final RowReader reader = state.reader();
        for (long row = 0; reader.seekRow(row); row++) {
            if (reader.getLong(field) < 0) {
                return true;
            }
        }
        return false;
    }

    TableState state() {
        return state;
    }

    TableSchema schema() {
        return state.schema();
    }

    /** The SQL table's name, without quotes. */
    String sqlName() {
        return sqlName;
    }

    /** Whether ids are decimal text, since some are beyond 2^63 - 1. */
    boolean hasTextIds() {
        return textIds;
    }

    /** Columns of fields, the id and the rest aside. */
    List<DumpColumn> columns() {
        return columns;
    }

    /** Position of the first field without a column of its own. */
    int firstRest() {
        return firstRest;
    }

    /** The column of the fields that have none of their own; null when all have. */
    String restColumn() {
        return restColumn;
    }

    String createSql() {
        final StringBuilder sql = new StringBuilder("CREATE TABLE ")
                .append(DumpNames.quote(sqlName))
                .append(" (\n  ")
                .append(DumpNames.quote(Names.ID))
                .append(textIds ? " TEXT NOT NULL PRIMARY KEY" : " INTEGER PRIMARY KEY NOT NULL");
        for (final DumpColumn column : columns) {
            sql.append(",\n  ").append(column.definition());
        }
        if (restColumn != null) {
            sql.append(",\n  ").append(DumpNames.quote(restColumn)).append(" TEXT NOT NULL");
        }
        for (final String foreignKey : constraints.foreignKeys()) {
            sql.append(",\n  ").append(foreignKey);
        }
        return sql.append(textIds ? "\n) WITHOUT ROWID" : "\n)").toString();
    }

    /** One statement per index, for when the rows are there. */
    List<String> indexSql() {
        return constraints.indexes();
    }

    String insertSql() {
        final int values = 1 + columns.size() + (restColumn == null ? 0 : 1);
        return "INSERT INTO " + DumpNames.quote(sqlName) + " VALUES (?" + ", ?".repeat(values - 1) + ")";
    }
}
