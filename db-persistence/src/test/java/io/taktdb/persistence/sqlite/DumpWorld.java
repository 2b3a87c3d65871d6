package io.taktdb.persistence.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.types.json.DefaultValue;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;

/** A small world to dump, and a look at its dump through SQL. */
final class DumpWorld implements AutoCloseable {
    static final long SEED = -3;

    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);

    void createTable(final String name, final FieldSpec... fields) {
        database.change(SchemaChange.CreateTable.of(name, fields));
    }

    /** Inserts a row with values given as JSON of their columns; fields without one are left out. */
    void insert(final String table, final long id, final String... json) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter row = new RowWriter().wrap(buffer, 0);
        for (int i = 0; i < json.length; i++) {
            if (json[i] != null) {
                final Field field =
                        database.schema().requireTable(table).fields().get(i);
                row.field(field.id());
                row.position(DefaultValue.encode(table, field.retyped(field.type(), json[i]), buffer, row.position()));
            }
        }
        database.table(table).writes().insert(id, new RowCursor().wrap(buffer, 0, row.finish()));
    }

    /** Commits in tick 9 and dumps. */
    void dump(final Path file) {
        database.commit(9);
        try (Lease lease = database.lease()) {
            new SqliteDump(Storage.disk(), SEED).write(lease.state(), file);
        }
    }

    Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
    }

    /** All rows of a query on a dump. */
    static List<List<Object>> query(final Path file, final String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            final List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                final List<Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    static void assertSound(final Path file) throws SQLException {
        assertEquals(List.of(List.of("ok")), query(file, "PRAGMA integrity_check"));
        assertEquals(List.of(), query(file, "PRAGMA foreign_key_check"));
    }
}
