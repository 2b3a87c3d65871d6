package io.taktdb.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.table.TableAudit;
import io.taktdb.core.table.TableState;
import io.taktdb.core.table.TableView;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.function.Executable;

/** A small database that tests fill by names and values. Threading: none of its own. */
public final class WorldFixture implements AutoCloseable {
    private final MemoryBudget budget;
    private final Database database;
    private long tick;

    private WorldFixture(final MemoryBudget budget) {
        this.budget = budget;
        this.database = new Database(budget, 0, 0);
    }

    /** A database after some schema changes. */
    public static WorldFixture of(final SchemaChange... changes) {
        return within(MemoryBudget.UNLIMITED, changes);
    }

    /** A database of so many bytes at the most, after some schema changes. */
    public static WorldFixture within(final long maxBytes, final SchemaChange... changes) {
        final WorldFixture world = new WorldFixture(new MemoryBudget(maxBytes));
        world.database.change(List.of(changes));
        return world;
    }

    public Database database() {
        return database;
    }

    public Table table(final String name) {
        return database.table(name);
    }

    /** A row of name, value, name, value; null makes a field null. */
    public RowCursor row(final String table, final Object... values) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter writer = new RowWriter().wrap(buffer, 0);
        for (int i = 0; i < values.length; i += 2) {
            final Field field = database.schema().requireTable(table).requireField((String) values[i]);
            writer.field(field.id());
            put(writer, field.type(), values[i + 1]);
        }
        return new RowCursor().wrap(buffer, 0, writer.finish());
    }

    private static void put(final RowWriter writer, final FieldType type, final Object value) {
        if (value == null) {
            writer.putNull();
        } else if (value instanceof String text) {
            writer.putString(text);
        } else if (type == ScalarType.F64) {
            writer.putScalar(ValueKind.of(type), Double.doubleToRawLongBits(((Number) value).doubleValue()));
        } else if (type == ScalarType.F32) {
            writer.putScalar(ValueKind.of(type), Float.floatToRawIntBits(((Number) value).floatValue()));
        } else {
            writer.putScalar(ValueKind.of(type), ((Number) value).longValue());
        }
    }

    public long insert(final String table, final Object... values) {
        return table(table).writes().insert(row(table, values));
    }

    public void insertAt(final String table, final long id, final Object... values) {
        table(table).writes().insert(id, row(table, values));
    }

    public void merge(final String table, final long id, final Object... values) {
        table(table).writes().merge(id, row(table, values));
    }

    public void delete(final String table, final long id) {
        table(table).writes().delete(id);
    }

    public void commit() {
        database.commit(++tick);
    }

    /** Everything in the running version, as text. */
    public String content() {
        final StringBuilder text = new StringBuilder();
        database.tables().forEach(table -> text.append(content(table)).append('\n'));
        return text.toString();
    }

    /** The state hash of the running version. */
    public long hash() {
        return StateHash.of(List.copyOf(database.tables()));
    }

    /** Everything in a table in order of ids, as text. */
    public static String content(final TableView table) {
        final StringBuilder text = new StringBuilder(table.schema().name());
        final RowReader reader = table.reader();
        final var walk = table.walk();
        while (walk.next()) {
            reader.seekRow(walk.row());
            text.append(' ').append(Long.toUnsignedString(walk.id())).append('{');
            for (int field = 0; field < table.schema().fields().size(); field++) {
                text.append(value(reader, table.schema().fields().get(field), field))
                        .append(',');
            }
            text.append('}');
        }
        return text.toString();
    }

    private static String value(final RowReader reader, final Field field, final int position) {
        if (reader.isNull(position)) {
            return "null";
        }
        if (field.type().isVariable()) {
            return reader.getString(position);
        }
        return field.type() instanceof ScalarType type && type.isFloat()
                ? Double.toString(reader.getDouble(position))
                : Long.toString(reader.getLong(position));
    }

    /** Ids of a table in ascending order. */
    public List<Long> ids(final String table) {
        final List<Long> ids = new ArrayList<>();
        final var walk = table(table).walk();
        while (walk.next()) {
            ids.add(walk.id());
        }
        return ids;
    }

    /** Checks all tables, of the running version and of the newest state. */
    public void audit() {
        database.tables().forEach(TableAudit::check);
        try (Lease lease = database.lease()) {
            for (final TableState table : lease.state().tables()) {
                TableAudit.check(table);
            }
        }
    }

    /** Expects an error that holds some texts, after which everything is as it was. */
    public DbException refused(final ErrorCode code, final Executable action, final String... parts) {
        final String before = content();
        final DbException error = assertThrows(DbException.class, action);
        assertEquals(code, error.code(), error.getMessage());
        for (final String part : parts) {
            assertTrue(error.getMessage().contains(part), () -> "no '" + part + "' in: " + error.getMessage());
        }
        assertEquals(before, content(), "something has changed");
        audit();
        return error;
    }

    @Override
    public void close() {
        commit();
        commit();
        audit();
        database.close();
        assertEquals(0, budget.reservedBytes(), "memory is not returned");
    }
}
