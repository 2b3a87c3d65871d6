package io.taktdb.persistence.sqlite;

import io.taktdb.types.schema.TableSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.agrona.DirectBuffer;

/** Writes the values that their columns do not show to the last bit. Threading: one thread. */
final class ExactValues implements AutoCloseable {
    private final PreparedStatement insert;

    ExactValues(final Connection connection) throws SQLException {
        insert =
                connection.prepareStatement("INSERT INTO " + DumpNames.quote(DumpNames.EXACT) + " VALUES (?, ?, ?, ?)");
    }

    /**
     * Adds a value.
     *
     * @param field its position in the schema
     */
    void add(final TableSchema table, final long id, final int field, final DirectBuffer value) throws SQLException {
        final byte[] bytes = new byte[value.capacity()];
        value.getBytes(0, bytes);
        insert.setInt(1, table.id());
        insert.setLong(2, id);
        insert.setInt(3, table.fields().get(field).id());
        insert.setBytes(4, bytes);
        insert.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        insert.close();
    }
}
