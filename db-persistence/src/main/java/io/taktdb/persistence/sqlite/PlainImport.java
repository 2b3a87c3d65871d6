package io.taktdb.persistence.sqlite;

import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.journal.WorldSource;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.Utf8;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.Names;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;

/**
 * A world from the plain tables of a file that another program made.
 *
 * <p>Tables, keys, foreign keys, indexes and rows are taken over; every value keeps its content. Threading: one thread.
 */
final class PlainImport extends SqliteImport {
    private static final int SETTLE_ROWS = 1000;

    private final PlainTables tables;

    PlainImport(final Path file, final PlainTables tables) {
        super(file);
        this.tables = tables;
    }

    @Override
    public boolean isDump() {
        return false;
    }

    @Override
    public List<String> notes() {
        return List.copyOf(tables.notes());
    }

    /** Not 0: this is no world in which modules would make their first records. */
    @Override
    public long commit() {
        return 1;
    }

    @Override
    public long tick() {
        return 0;
    }

    @Override
    public long seed() {
        return WorldSource.NEW.seed();
    }

    @Override
    void load(final Connection connection, final Database database) throws SQLException {
        database.change(tables.creations());
        database.settle();
        final boolean isUtf8 = "UTF-8".equals(SqliteFile.text(connection, "PRAGMA encoding"));
        for (final PlainTable table : tables.tables()) {
            rows(connection, table, database, isUtf8);
        }
        database.change(tables.constraints(connection));
        database.settle();
    }

    private void rows(
            final Connection connection, final PlainTable plain, final Database database, final boolean isUtf8)
            throws SQLException {
        final Table table = database.table(plain.name());
        final Rows rows = new Rows(table, isUtf8);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(plain.select(tables.hasRowid(plain)))) {
            for (long number = 1; row.next(); number++) {
                final long id = plain.idColumn() == null ? number : row.getLong(1);
                table.writes().insert(id, rows.decode(id, row));
                if (number % SETTLE_ROWS == 0) {
                    database.settle();
                }
            }
        }
        if (plain.idColumn() != null && hasSequences(connection)) {
            final String last = SqliteFile.text(
                    connection, "SELECT seq FROM sqlite_sequence WHERE name = " + SqliteFile.literal(plain.sqlName()));
            if (last != null && table.rowOf(Long.parseLong(last)) < 0 && Long.parseLong(last) > 0) {
                table.nextId(Long.parseLong(last) + 1);
            }
        }
        database.settle();
    }

    private static boolean hasSequences(final Connection connection) throws SQLException {
        return SqliteFile.text(connection, "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'") != null;
    }

    /** The rows of one table in their byte form. */
    private static final class Rows {
        private final Table table;
        private final boolean isUtf8;
        private final SqlToValue values = new SqlToValue();
        private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
        private final RowWriter writer = new RowWriter();
        private final RowCursor cursor = new RowCursor();

        Rows(final Table table, final boolean isUtf8) {
            this.table = table;
            this.isUtf8 = isUtf8;
        }

        RowCursor decode(final long id, final ResultSet row) throws SQLException {
            writer.wrap(buffer, 0);
            final List<Field> fields = table.schema().fields();
            for (int i = 0; i < fields.size(); i++) {
                final Object shown = row.getObject(i + 2);
                writer.field(fields.get(i).id());
                if (shown == null) {
                    writer.putNull();
                    continue;
                }
                if (shown instanceof String && isUtf8) {
                    checkText(id, fields.get(i), row.getBytes(i + 2));
                }
                final int end = values.encode(fields.get(i).type(), shown, buffer, writer.position());
                if (end == SqlToValue.MISMATCH) {
                    throw mismatch(id, fields.get(i), "value does not fit its field");
                }
                writer.position(end);
            }
            return cursor.wrap(buffer, 0, writer.finish());
        }

        private void checkText(final long id, final Field field, final byte[] utf8) {
            if (Utf8.indexOfInvalid(utf8, 0, utf8.length) >= 0) {
                throw mismatch(id, field, "text is no UTF-8");
            }
        }

        private DbException mismatch(final long id, final Field field, final String fact) {
            final String name = table.schema().name();
            return new DbException(
                            ErrorCode.SCHEMA_MISMATCH,
                            fact + ": table=" + name + ", id=" + Long.toUnsignedString(id) + ", field="
                                    + Names.abbreviate(field.name()) + ", type="
                                    + field.type().spelling() + "; mend it in the file")
                    .with("table", name)
                    .with("field", field.name());
        }
    }
}
