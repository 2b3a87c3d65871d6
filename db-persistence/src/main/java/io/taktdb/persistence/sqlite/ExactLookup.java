package io.taktdb.persistence.sqlite;

import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.ValueCursor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Finds the values of one table that their columns do not show to the last bit. Threading: one thread. */
final class ExactLookup implements AutoCloseable {
    private final PreparedStatement select;
    private final boolean isEmpty;
    private final SqlValue value = new SqlValue();

    ExactLookup(final Connection connection, final TableSchema table) throws SQLException {
        select = connection.prepareStatement("SELECT field_id, bytes FROM " + DumpNames.quote(DumpNames.EXACT)
                + " WHERE table_id = " + table.id() + " AND record_id = ?");
        try (PreparedStatement any = connection.prepareStatement("SELECT 1 FROM " + DumpNames.quote(DumpNames.EXACT)
                        + " WHERE table_id = " + table.id() + " LIMIT 1");
                ResultSet rows = any.executeQuery()) {
            isEmpty = !rows.next();
        }
    }

    /** Values of a record by field id. */
    Map<Integer, byte[]> of(final long id) throws SQLException {
        if (isEmpty) {
            return Map.of();
        }
        final Map<Integer, byte[]> values = new HashMap<>();
        select.setLong(1, id);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (rows.getObject(2) instanceof byte[] bytes) {
                    values.put(rows.getInt(1), bytes);
                }
            }
        }
        return values;
    }

    /**
     * Whether a column would show the exact value as it shows the one that was read: else somebody has changed it.
     *
     * @param read the value that the column shows, in its byte form
     */
    boolean isShownBy(final FieldType type, final byte[] exact, final ValueCursor read) {
        if (type instanceof VariableType) {
            return type == VariableType.JSON && exact.length == 0 && isNull(read);
        }
        final DirectBuffer bytes = new UnsafeBuffer(exact);
        if (!Exactness.isValid(type, exact)) {
            return false;
        }
        if (type == ScalarType.F32 || type == ScalarType.F64) {
            final double one = SqlValue.real(type, bytes, 0);
            final double other = SqlValue.real(type, read.buffer(), read.offset());
            return one == other || Double.isNaN(one) && Double.isNaN(other);
        }
        return value.json(type, bytes, 0, exact.length)
                .equals(value.json(type, read.buffer(), read.offset(), read.length()));
    }

    private static boolean isNull(final ValueCursor read) {
        return read.length() == 4 && "null".equals(read.buffer().getStringWithoutLengthAscii(read.offset(), 4));
    }

    @Override
    public void close() throws SQLException {
        select.close();
    }
}
