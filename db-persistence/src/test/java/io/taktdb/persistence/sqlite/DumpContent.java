package io.taktdb.persistence.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.core.state.State;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.types.json.ValueText;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.NestedType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.agrona.DirectBuffer;

/** Compares what SQL shows with the rows of a state, value by value, by rules written independently of the dump's. */
final class DumpContent {
    private DumpContent() {}

    static void assertShows(final State state, final Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri())) {
            for (final TableState table : state.tables()) {
                assertShows(connection, table);
            }
        }
    }

    private static void assertShows(final Connection connection, final TableState table) throws SQLException {
        final RowReader reader = table.reader();
        long rows = 0;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT * FROM \"" + table.schema().name() + "\"")) {
            while (result.next()) {
                reader.require(Long.parseUnsignedLong(result.getString(1)));
                for (int field = 0; field < table.schema().fields().size(); field++) {
                    final String where = table.schema().name() + "." + reader.id() + "."
                            + table.schema().fields().get(field);
                    assertEquals(
                            expected(reader, table.schema().fields().get(field).type(), field),
                            shown(
                                    result,
                                    field + 2,
                                    table.schema().fields().get(field).type()),
                            where);
                }
                rows++;
            }
        }
        assertEquals(table.rowCount(), rows, table.schema().name());
    }

    private static String expected(final RowReader reader, final FieldType type, final int field) {
        if (reader.isNull(field)) {
            return null;
        }
        if (type instanceof NestedType) {
            return type instanceof OptionType && reader.length(field) == 0 ? null : reader.getString(field);
        }
        final DirectBuffer buffer = reader.buffer(field);
        if (type == ScalarType.BOOL) {
            return buffer.getByte(0) == 1 ? "1" : "0";
        }
        if (type == ScalarType.TIMESTAMP) {
            return Long.toString(buffer.getLong(0));
        }
        if (type == ScalarType.F32 || type == ScalarType.F64) {
            final double value = type == ScalarType.F32 ? buffer.getFloat(0) : buffer.getDouble(0);
            return Double.toString(value == 0 ? 0.0 : value);
        }
        if (type instanceof CompositeType) {
            return "composite";
        }
        if (type instanceof VariableType || type instanceof VectorType) {
            final byte[] bytes = new byte[buffer.capacity()];
            buffer.getBytes(0, bytes);
            return HexFormat.of().formatHex(bytes);
        }
        return ValueText.of(type, buffer, 0);
    }

    private static String shown(final ResultSet result, final int column, final FieldType type) throws SQLException {
        final Object value = result.getObject(column);
        if (value == null) {
            return null;
        }
        if (type instanceof CompositeType) {
            return value.toString().startsWith("{\"at\"") || value.toString().startsWith("{\"x\"") ? "composite" : "?";
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        if (type instanceof VariableType) {
            return HexFormat.of().formatHex(value.toString().getBytes(StandardCharsets.UTF_8));
        }
        return value.toString();
    }
}
