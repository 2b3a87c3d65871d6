package io.taktdb.persistence.sqlite;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.core.table.RowReader;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.json.ValueText;
import io.taktdb.types.json.ValueToJson;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.VariableType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Puts the rows of one table into a statement, value by value.
 *
 * <p>Threading: one thread.
 */
final class RowBinder {
    private final DumpTable table;
    private final RowReader reader;
    private final PreparedStatement statement;
    private final ExactValues exact;
    private final SqlValue value = new SqlValue();
    private final ValueToJson toJson = new ValueToJson();
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private long boundBytes;

    RowBinder(final DumpTable table, final PreparedStatement statement, final ExactValues exact) {
        this.table = table;
        this.reader = table.state().reader();
        this.statement = statement;
        this.exact = exact;
    }

    /**
     * Binds a row to the statement.
     *
     * @return about how many bytes its variable values take
     */
    long bind(final long row) throws SQLException {
        reader.seekRow(row);
        boundBytes = 0;
        final long id = reader.id();
        if (table.hasTextIds()) {
            statement.setString(1, Long.toUnsignedString(id));
        } else {
            statement.setLong(1, id);
        }
        int parameter = 2;
        for (final DumpColumn column : table.columns()) {
            bind(parameter++, id, column);
        }
        if (table.restColumn() != null) {
            statement.setString(parameter, rest(id));
        }
        return boundBytes;
    }

    private void bind(final int parameter, final long id, final DumpColumn column) throws SQLException {
        final int field = column.field();
        if (reader.isNull(field) || column.type() instanceof OptionType && reader.length(field) == 0) {
            statement.setNull(parameter, Types.NULL);
            return;
        }
        final FieldType type = column.type();
        final DirectBuffer buffer = reader.buffer(field);
        switch (column.form()) {
            case BOOL, INTEGER -> statement.setLong(parameter, SqlValue.integer(type, buffer, 0));
            case DECIMAL, WORD -> statement.setString(parameter, ValueText.of(type, buffer, 0));
            case REAL -> real(parameter, id, column, buffer);
            case STRING -> statement.setString(parameter, text(buffer));
            case JSON -> json(parameter, id, column, buffer);
            case BLOB -> statement.setBytes(parameter, bytes(buffer));
            case OBJECT -> object(parameter, id, column, buffer);
        }
    }

    private void real(final int parameter, final long id, final DumpColumn column, final DirectBuffer buffer)
            throws SQLException {
        final double real = SqlValue.real(column.type(), buffer, 0);
        if (Double.isNaN(real)) {
            statement.setString(parameter, SqlValue.nan());
        } else {
            statement.setDouble(parameter, real);
        }
        if (!Exactness.survivesReal(column.type(), buffer, 0)) {
            exact.add(table.schema(), id, column.field(), buffer);
        }
    }

    private void json(final int parameter, final long id, final DumpColumn column, final DirectBuffer buffer)
            throws SQLException {
        if (buffer.capacity() == 0) {
            exact.add(table.schema(), id, column.field(), buffer);
        }
        statement.setString(parameter, SqlValue.jsonText(text(buffer)));
    }

    private void object(final int parameter, final long id, final DumpColumn column, final DirectBuffer buffer)
            throws SQLException {
        if (!Exactness.survivesJson(column.type(), buffer, 0, buffer.capacity())) {
            exact.add(table.schema(), id, column.field(), buffer);
        }
        final String json = value.json(column.type(), buffer, 0, buffer.capacity());
        boundBytes += json.length();
        statement.setString(parameter, json);
    }

    private String text(final DirectBuffer buffer) {
        return new String(bytes(buffer), StandardCharsets.UTF_8);
    }

    private byte[] bytes(final DirectBuffer buffer) {
        final byte[] bytes = new byte[buffer.capacity()];
        buffer.getBytes(0, bytes);
        boundBytes += bytes.length;
        return bytes;
    }

    /** The fields without a column of their own that have a value, as one JSON object. */
    private String rest(final long id) throws SQLException {
        final List<Field> fields = table.schema().fields();
        rest.reset();
        try (JsonGenerator g = StrictJson.generator(rest)) {
            g.writeStartObject();
            for (int field = table.firstRest(); field < fields.size(); field++) {
                if (!reader.isNull(field)) {
                    g.writeFieldName(fields.get(field).name());
                    restValue(g, id, field, fields.get(field).type());
                }
            }
            g.writeEndObject();
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        boundBytes += rest.size();
        return rest.toString(StandardCharsets.UTF_8);
    }

    private void restValue(final JsonGenerator g, final long id, final int field, final FieldType type)
            throws IOException, SQLException {
        final DirectBuffer buffer = reader.buffer(field);
        final boolean survives = type instanceof VariableType
                ? type != VariableType.JSON || buffer.capacity() > 0
                : Exactness.survivesJson(type, buffer, 0, buffer.capacity());
        if (!survives) {
            exact.add(table.schema(), id, field, buffer);
        }
        toJson.write(g, type, buffer, 0, buffer.capacity(), JsonStyle.PLAIN);
    }
}
