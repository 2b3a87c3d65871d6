package io.taktdb.persistence.sqlite;

import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.value.RowCursor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The way of one table from a dump into an empty database: the ids of deleted records, the rows in their order, those
 * that were added to the dump since, and the id that comes next.
 *
 * <p>Threading: the opening thread.
 */
final class TableImport {
    private static final int SETTLE_ROWS = 1000;

    private final Connection connection;
    private final Database database;
    private final Table table;
    private final DumpHeader.TableEntry entry;
    private long rows;

    TableImport(final Connection connection, final Database database, final Table table, final DumpHeader header) {
        this.connection = connection;
        this.database = database;
        this.table = table;
        this.entry = header.tables().get(table.schema().id());
    }

    void run() throws SQLException {
        ids(IdLists.DEAD, table::bury);
        try (ExactLookup exact = new ExactLookup(connection, table.schema())) {
            final RowDecoder decoder = new RowDecoder(table.schema(), entry.restColumn() != null, exact);
            final String select = "SELECT " + decoder.selectList(entry.restColumn()) + " FROM "
                    + DumpNames.quote(entry.sqlName()) + " AS t";
            inOrder(select, decoder);
            others(select, decoder);
        }
        table.nextId(entry.nextId());
        database.settle();
    }

    /** What is done with two ids that follow each other in a list. */
    private interface Pairs {
        void accept(long first, long second) throws SQLException;
    }

    private void ids(final String kind, final Pairs pairs) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet parts = statement.executeQuery("SELECT ids FROM " + DumpNames.quote(DumpNames.IDS)
                        + " WHERE table_id = " + table.schema().id() + " AND kind = '" + kind + "' ORDER BY part")) {
            while (parts.next()) {
                final ByteBuffer ids = ByteBuffer.wrap(parts.getBytes(1)).order(ByteOrder.LITTLE_ENDIAN);
                while (ids.remaining() >= 2 * Long.BYTES) {
                    pairs.accept(ids.getLong(), ids.getLong());
                    settle();
                }
                if (ids.hasRemaining()) {
                    final long last = ids.getLong();
                    pairs.accept(last, last);
                }
            }
        }
    }

    private void inOrder(final String select, final RowDecoder decoder) throws SQLException {
        try (PreparedStatement one = connection.prepareStatement(select + " WHERE \"id\" = ?")) {
            ids(IdLists.ORDER, (first, second) -> {
                insert(one, first, decoder);
                if (second != first) {
                    insert(one, second, decoder);
                }
            });
        }
    }

    private void insert(final PreparedStatement one, final long id, final RowDecoder decoder) throws SQLException {
        one.setString(1, Long.toUnsignedString(id)); // a number, if the column's affinity says so
        try (ResultSet row = one.executeQuery()) {
            if (row.next()) {
                table.writes().insert(id, decoder.decode(row));
            }
        }
    }

    private void others(final String select, final RowDecoder decoder) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(select + byId())) {
            while (row.next()) {
                final RowCursor decoded = decoder.decode(row);
                if (table.rowOf(decoder.id()) < 0) {
                    table.writes().insert(decoder.id(), decoded);
                    settle();
                }
            }
        }
    }

    private String byId() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet column = statement.executeQuery(
                        "SELECT type FROM pragma_table_info('" + entry.sqlName() + "') WHERE name = 'id'")) {
            final boolean isText = column.next() && "TEXT".equals(column.getString(1));
            return isText ? " ORDER BY length(\"id\"), \"id\"" : " ORDER BY \"id\"";
        }
    }

    private void settle() {
        if (++rows % SETTLE_ROWS == 0) {
            database.settle();
        }
    }
}
