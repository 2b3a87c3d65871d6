package io.taktdb.persistence.sqlite;

import io.taktdb.core.state.State;
import io.taktdb.core.table.TableView;
import io.taktdb.types.json.SchemaJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables by which a dump describes itself, so that it can be loaded back.
 *
 * <pre>
 *   _taktdb        key TEXT, value          format_version, commit, tick, seed, schema (its stored form, JSON)
 *   _taktdb_table  one row per table        table_id, name, sql_name, rows, next_id (of 64 bits, signed),
 *                                           rest_column (or NULL)
 *   _taktdb_exact  values of which their    table_id, record_id (of 64 bits, signed), field_id,
 *                  column shows too little  bytes as they lie in memory; of worth only while the column still shows
 *                                           what they would
 *   _taktdb_ids    ids that no column shows table_id, kind, part (from 0), ids: of 8 bytes each, little-endian.
 *                                           kind dead: first and last id of ranges that deleted records had;
 *                                           kind order: the ids of all rows in their order, if that does not ascend
 * </pre>
 *
 * {@code application_id} is the letters TAKT, {@code user_version} the format version. Threading: one thread.
 */
final class DumpCatalog {
    /** Version of the dump's format. */
    static final int FORMAT_VERSION = 1;

    /** The letters TAKT. */
    static final int APPLICATION_ID = 0x54_41_4B_54;

    private DumpCatalog() {}

    /** Makes the tables, empty. */
    static void create(final Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + DumpNames.quote(DumpNames.WORLD)
                    + " (key TEXT NOT NULL PRIMARY KEY, value NOT NULL) WITHOUT ROWID");
            statement.execute("CREATE TABLE " + DumpNames.quote(DumpNames.TABLES)
                    + " (table_id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, sql_name TEXT NOT NULL,"
                    + " rows INTEGER NOT NULL, next_id INTEGER NOT NULL, rest_column TEXT)");
            statement.execute("CREATE TABLE " + DumpNames.quote(DumpNames.EXACT)
                    + " (table_id INTEGER NOT NULL, record_id INTEGER NOT NULL, field_id INTEGER NOT NULL,"
                    + " bytes BLOB NOT NULL, PRIMARY KEY (table_id, record_id, field_id)) WITHOUT ROWID");
            statement.execute("CREATE TABLE " + DumpNames.quote(DumpNames.IDS)
                    + " (table_id INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('dead', 'order')),"
                    + " part INTEGER NOT NULL, ids BLOB NOT NULL, PRIMARY KEY (table_id, kind, part))");
        }
    }

    /** Describes the state. */
    static void describe(final Connection connection, final State state, final long seed) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + DumpNames.quote(DumpNames.WORLD) + " VALUES (?, ?)")) {
            put(insert, "format_version", FORMAT_VERSION);
            put(insert, "commit", state.commit());
            put(insert, "tick", state.tick());
            put(insert, "seed", seed);
            insert.setString(1, "schema");
            insert.setString(2, new String(SchemaJson.toStored(state.schema()), StandardCharsets.UTF_8));
            insert.executeUpdate();
        }
    }

    private static void put(final PreparedStatement insert, final String key, final long value) throws SQLException {
        insert.setString(1, key);
        insert.setLong(2, value);
        insert.executeUpdate();
    }

    /** Describes a table. */
    static void describe(final Connection connection, final DumpTable table) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + DumpNames.quote(DumpNames.TABLES) + " VALUES (?, ?, ?, ?, ?, ?)")) {
            insert.setInt(1, table.schema().id());
            insert.setString(2, table.schema().name());
            insert.setString(3, table.sqlName());
            insert.setLong(4, table.state().rowCount());
            insert.setLong(5, table.state().scalar(TableView.NEXT_ID));
            insert.setString(6, table.restColumn());
            insert.executeUpdate();
        }
    }
}
