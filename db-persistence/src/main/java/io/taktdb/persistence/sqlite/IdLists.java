package io.taktdb.persistence.sqlite;

import io.taktdb.core.table.DeadIdWalk;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Writes the ids of a table that its rows do not show: those of deleted records, and the order of rows.
 *
 * <p>Threading: one thread.
 */
final class IdLists implements AutoCloseable {
    static final String DEAD = "dead";
    static final String ORDER = "order";

    /** The most ids of one part; even, since ranges take two. */
    private static final int PART_IDS = 8192;

    private final PreparedStatement insert;
    private final ByteBuffer part = ByteBuffer.allocate(PART_IDS * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int parts;

    IdLists(final Connection connection) throws SQLException {
        insert = connection.prepareStatement("INSERT INTO " + DumpNames.quote(DumpNames.IDS) + " VALUES (?, ?, ?, ?)");
    }

    /** Writes the lists of a table. */
    void write(final TableState table) throws SQLException {
        final DeadIdWalk dead = table.deadIds();
        while (dead.next()) {
            add(table, DEAD, dead.first());
            add(table, DEAD, dead.last());
        }
        end(table, DEAD);
        if (!ascends(table)) {
            final RowReader reader = table.reader();
            for (long row = 0; reader.seekRow(row); row++) {
                add(table, ORDER, reader.id());
            }
            end(table, ORDER);
        }
    }

    private static boolean ascends(final TableState table) {
        final RowReader reader = table.reader();
        long before = 0;
        for (long row = 0; reader.seekRow(row); row++) {
            if (row > 0 && Long.compareUnsigned(reader.id(), before) < 0) {
                return false;
            }
            before = reader.id();
        }
        return true;
    }

    private void add(final TableState table, final String kind, final long id) throws SQLException {
        if (!part.hasRemaining()) {
            flush(table, kind);
        }
        part.putLong(id);
    }

    private void end(final TableState table, final String kind) throws SQLException {
        if (part.position() > 0) {
            flush(table, kind);
        }
        parts = 0;
    }

    private void flush(final TableState table, final String kind) throws SQLException {
        final byte[] ids = new byte[part.position()];
        part.flip().get(ids);
        part.clear();
        insert.setInt(1, table.schema().id());
        insert.setString(2, kind);
        insert.setInt(3, parts++);
        insert.setBytes(4, ids);
        insert.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
