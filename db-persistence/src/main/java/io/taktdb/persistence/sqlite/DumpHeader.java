package io.taktdb.persistence.sqlite;

import io.taktdb.types.error.DbException;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.TableSchema;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** What a dump says of itself, see {@link DumpCatalog}. */
record DumpHeader(long commit, long tick, long seed, Schema schema, Map<Integer, TableEntry> tables) {
    /**
     * One table.
     *
     * @param restColumn the column of fields without one of their own, or null
     */
    record TableEntry(String sqlName, long nextId, String restColumn) {}

    DumpHeader {
        tables = Map.copyOf(tables);
    }

    /** Whether a file says that it is a dump of a world. */
    static boolean isDump(final Connection connection) throws SQLException {
        return number(connection, "PRAGMA application_id") == DumpCatalog.APPLICATION_ID;
    }

    /**
     * Reads the header.
     *
     * @throws IllegalArgumentException with the reason why this is no dump of ours
     */
    static DumpHeader read(final Connection connection) throws SQLException {
        final long version = value(connection, "format_version");
        if (version != DumpCatalog.FORMAT_VERSION) {
            throw new IllegalArgumentException("its format version is " + version + ", known is "
                    + DumpCatalog.FORMAT_VERSION + ", start the version of TaktDB that wrote it");
        }
        final Schema schema = schema(connection);
        final Map<Integer, TableEntry> tables = tables(connection);
        for (final TableSchema table : schema.tables().values()) {
            if (!tables.containsKey(table.id())) {
                throw new IllegalArgumentException("table " + table.name() + " is not listed");
            }
        }
        return new DumpHeader(
                value(connection, "commit"), value(connection, "tick"), value(connection, "seed"), schema, tables);
    }

    private static Schema schema(final Connection connection) throws SQLException {
        try {
            return SchemaJson.fromStored(
                    one(connection, value("schema")).toString().getBytes(StandardCharsets.UTF_8));
        } catch (final DbException e) {
            throw new IllegalArgumentException("its schema is not valid, " + e.getMessage(), e);
        }
    }

    private static Map<Integer, TableEntry> tables(final Connection connection) throws SQLException {
        final Map<Integer, TableEntry> tables = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT table_id, sql_name, next_id, rest_column FROM " + DumpNames.quote(DumpNames.TABLES))) {
            while (rows.next()) {
                tables.put(rows.getInt(1), new TableEntry(rows.getString(2), rows.getLong(3), rows.getString(4)));
            }
        }
        return tables;
    }

    private static String value(final String key) {
        return "SELECT value FROM " + DumpNames.quote(DumpNames.WORLD) + " WHERE key = '" + key + "'";
    }

    private static long value(final Connection connection, final String key) throws SQLException {
        return number(connection, value(key));
    }

    private static long number(final Connection connection, final String sql) throws SQLException {
        if (one(connection, sql) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("there is no number where one should be: " + sql);
    }

    private static Object one(final Connection connection, final String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            final Object value = rows.next() ? rows.getObject(1) : null;
            if (value == null) {
                throw new IllegalArgumentException("there is nothing where something should be: " + sql);
            }
            return value;
        }
    }
}
