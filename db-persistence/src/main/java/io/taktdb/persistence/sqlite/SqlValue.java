package io.taktdb.persistence.sqlite;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.json.ValueText;
import io.taktdb.types.json.ValueToJson;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.value.ValueCursor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.io.ExpandableDirectBufferOutputStream;

/** Single values as SQL has them. Threading: one thread. */
final class SqlValue {
    private static final String NAN = "NaN";

    private final ValueToJson toJson = new ValueToJson();
    private final ExpandableArrayBuffer json = new ExpandableArrayBuffer(256);

    /** Whether a value is a u64 that a signed number of 64 bits cannot hold. */
    static boolean isLarge(final FieldType type, final ValueCursor value) {
        return type == ScalarType.U64 && value.buffer().getLong(value.offset(), ByteOrder.LITTLE_ENDIAN) < 0;
    }

    /** A value of a float type as a double, exactly. */
    static double real(final FieldType type, final DirectBuffer buffer, final int offset) {
        return type == ScalarType.F32
                ? buffer.getFloat(offset, ByteOrder.LITTLE_ENDIAN)
                : buffer.getDouble(offset, ByteOrder.LITTLE_ENDIAN);
    }

    /** An integer or timestamp. */
    static long integer(final FieldType type, final DirectBuffer buffer, final int offset) {
        return type == ScalarType.TIMESTAMP
                ? buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN)
                : ValueText.integer((ScalarType) type, buffer, offset);
    }

    /** The text of json: an empty value is JSON's null. */
    static String jsonText(final String text) {
        return text.isEmpty() ? "null" : text;
    }

    /** What stands for a float that is not a number. */
    static String nan() {
        return NAN;
    }

    /** A value as JSON. */
    String json(final FieldType type, final DirectBuffer buffer, final int offset, final int length) {
        final ExpandableDirectBufferOutputStream out = new ExpandableDirectBufferOutputStream(json);
        try (JsonGenerator g = StrictJson.generator(out)) {
            toJson.write(g, type, buffer, offset, length, JsonStyle.PLAIN);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        return new String(json.byteArray(), 0, out.position(), StandardCharsets.UTF_8);
    }

    /** A value as a literal of SQL. */
    static String literal(final ColumnForm form, final FieldType type, final ValueCursor value) {
        final DirectBuffer buffer = value.buffer();
        final int offset = value.offset();
        return switch (form) {
            case BOOL, INTEGER -> Long.toString(integer(type, buffer, offset));
            case DECIMAL, WORD -> quoted(ValueText.of(type, buffer, offset));
            case REAL -> literal(real(type, buffer, offset));
            case STRING, JSON -> quoted(bytes(value));
            case BLOB -> "x'" + HexFormat.of().formatHex(bytes(value)) + "'";
            case OBJECT -> quoted(new SqlValue().json(type, buffer, offset, value.length()));
        };
    }

    private static byte[] bytes(final ValueCursor value) {
        final byte[] bytes = new byte[value.length()];
        value.buffer().getBytes(value.offset(), bytes);
        return bytes;
    }

    private static String literal(final double value) {
        if (Double.isNaN(value)) {
            return quoted(NAN);
        }
        return Double.isInfinite(value) ? (value > 0 ? "9e999" : "-9e999") : Double.toString(value);
    }

    private static String quoted(final byte[] utf8) {
        for (final byte one : utf8) {
            if (one == 0) { // would end the statement
                return "(CAST(x'" + HexFormat.of().formatHex(utf8) + "' AS TEXT))";
            }
        }
        return quoted(new String(utf8, StandardCharsets.UTF_8));
    }

    private static String quoted(final String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
