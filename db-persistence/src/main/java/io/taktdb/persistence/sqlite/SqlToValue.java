package io.taktdb.persistence.sqlite;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.error.DbException;
import io.taktdb.types.json.JsonFaults;
import io.taktdb.types.json.JsonToValue;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.NestedType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import io.taktdb.types.value.ValueForm;
import io.taktdb.types.value.ValueKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/**
 * Reads values as a dump's columns show them into their byte form: the way back of {@link RowBinder}.
 *
 * <p>Threading: one thread.
 */
final class SqlToValue {
    /** What {@link #encode} answers for a value that does not fit the type. */
    static final int MISMATCH = -1;

    private static final byte[] JSON_NULL = "null".getBytes(StandardCharsets.UTF_8);

    private final JsonToValue json = new JsonToValue();
    private final JsonFaults faults = new JsonFaults();

    /**
     * Writes a value's byte form.
     *
     * @param shown Integer, Long, Double, String or byte[]; not null
     * @param out grows by itself
     * @return the first index after the value, or {@link #MISMATCH}
     */
    int encode(final FieldType type, final Object shown, final MutableDirectBuffer out, final int index) {
        if (shown instanceof byte[] bytes) {
            return blob(type, bytes, out, index);
        }
        if (shown instanceof Double real) {
            return real(type, real, out, index);
        }
        if (shown instanceof Number whole) {
            return type instanceof ScalarType scalar && scalar.isFloat()
                    ? real(type, whole.doubleValue(), out, index)
                    : whole(type, whole.longValue(), out, index);
        }
        return text(type, (String) shown, out, index);
    }

    private static int blob(final FieldType type, final byte[] bytes, final MutableDirectBuffer out, final int index) {
        final boolean fits = type == VariableType.BYTES || type instanceof VectorType && Exactness.isValid(type, bytes);
        return fits ? putBytes(type, bytes, out, index) : MISMATCH;
    }

    private static int putBytes(
            final FieldType type, final byte[] bytes, final MutableDirectBuffer out, final int index) {
        final int at = ValueForm.putHead(out, index, ValueKind.of(type), bytes.length);
        out.putBytes(at, bytes);
        return at + bytes.length;
    }

    private static int real(final FieldType type, final double value, final MutableDirectBuffer out, final int index) {
        if (type == ScalarType.F64) {
            return ValueForm.putScalar(out, index, ValueKind.of(type), Double.doubleToRawLongBits(value));
        }
        final float narrow = (float) value;
        if (type != ScalarType.F32 || Float.isInfinite(narrow) && !Double.isInfinite(value)) {
            return MISMATCH;
        }
        return ValueForm.putScalar(out, index, ValueKind.of(type), Float.floatToRawIntBits(narrow));
    }

    private static int whole(final FieldType type, final long value, final MutableDirectBuffer out, final int index) {
        if (!(type instanceof ScalarType scalar) || !holds(scalar, value)) {
            return MISMATCH;
        }
        return ValueForm.putScalar(out, index, ValueKind.of(type), value);
    }

    private static boolean holds(final ScalarType type, final long value) {
        return switch (type) {
            case BOOL -> value == 0 || value == 1;
            case U64 -> value >= 0;
            case TIMESTAMP, I64 -> true;
            case F32, F64, UUID -> false;
            default -> value >= type.minInteger() && value <= type.maxInteger();
        };
    }

    private int text(final FieldType type, final String text, final MutableDirectBuffer out, final int index) {
        if (type == VariableType.STRING) {
            return putBytes(type, text.getBytes(StandardCharsets.UTF_8), out, index);
        }
        if (type == VariableType.BYTES || type instanceof VectorType) {
            return MISMATCH;
        }
        final boolean isJson = type == VariableType.JSON
                || type instanceof NestedType
                || !(type instanceof ScalarType) && text.startsWith("{");
        return json(type, isJson ? text : quoted(text), out, index);
    }

    private static String quoted(final String text) {
        try {
            return StrictJson.mapper().writeValueAsString(text);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    private int json(final FieldType type, final String text, final MutableDirectBuffer out, final int index) {
        try (JsonParser parser = StrictJson.parser(text)) {
            if (StrictJson.next(parser) == null) {
                return MISMATCH;
            }
            final int end = json(type, parser, out, index);
            StrictJson.requireEnd(parser);
            return end;
        } catch (final DbException e) {
            return MISMATCH; // not JSON
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    /** The same for a value whose first JSON token is current; its last one is current afterwards. */
    int json(final FieldType type, final JsonParser parser, final MutableDirectBuffer out, final int index) {
        if (parser.currentToken() == JsonToken.VALUE_NULL && !(type instanceof OptionType)) {
            return type == VariableType.JSON ? putBytes(type, JSON_NULL, out, index) : MISMATCH;
        }
        faults.clear();
        final int end = json.encode(parser, type, out, index, "value", faults);
        return faults.isEmpty() ? end : MISMATCH;
    }
}
