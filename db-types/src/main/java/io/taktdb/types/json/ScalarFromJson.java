package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.value.ValueForm;
import java.io.IOException;
import org.agrona.MutableDirectBuffer;

/**
 * Reads one JSON value into a scalar's bytes, from the parser's characters and without garbage. Threading: one thread.
 */
final class ScalarFromJson {
    private final IntegerText integer = new IntegerText();
    private final JsonPath path;
    private JsonParser parser;
    private JsonFaults faults;

    /**
     * @param path where the caller is, for faults
     */
    ScalarFromJson(final JsonPath path) {
        this.path = path;
    }

    void read(
            final JsonParser source,
            final FieldType type,
            final MutableDirectBuffer out,
            final int at,
            final JsonFaults collected)
            throws IOException {
        parser = source;
        faults = collected;
        final ScalarType scalar = (ScalarType) type;
        switch (scalar) {
            case BOOL -> bool(out, at);
            case F32 -> f32(out, at);
            case F64 -> f64(out, at);
            case TIMESTAMP -> timestamp(out, at);
            case UUID -> uuid(out, at);
            default -> integer(scalar, out, at);
        }
    }

    private void bool(final MutableDirectBuffer out, final int at) throws IOException {
        final JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            out.putByte(at, (byte) (token == JsonToken.VALUE_TRUE ? 1 : 0));
        } else {
            fault("bool");
        }
    }

    private void integer(final ScalarType type, final MutableDirectBuffer out, final int at) throws IOException {
        final JsonToken token = parser.currentToken();
        final boolean readable = token == JsonToken.VALUE_NUMBER_INT
                || (token == JsonToken.VALUE_STRING && type.rowBytes() == Long.BYTES);
        if (!readable || !integer.read(chars(), offset(), length())) {
            fault(type.spelling());
        } else if (!integer.fits(type)) {
            fault(type.spelling() + " (" + type.minInteger() + " to " + Long.toUnsignedString(type.maxInteger()) + ")");
        } else {
            ValueForm.putRaw(out, at, type.rowBytes(), integer.bits());
        }
    }

    private void f32(final MutableDirectBuffer out, final int at) throws IOException {
        final JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            final double word = FloatText.parseWord(chars(), offset(), length());
            if (word == 0) {
                fault(expectedFloat("f32"));
            } else {
                ValueForm.putRaw(out, at, Float.BYTES, Float.floatToIntBits((float) word));
            }
        } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            final float value = FloatText.parseFloat(chars(), offset(), length());
            if (Float.isInfinite(value)) {
                fault("f32 (at most 3.4028235e38)");
            } else {
                ValueForm.putRaw(out, at, Float.BYTES, Float.floatToIntBits(value));
            }
        } else {
            fault(expectedFloat("f32"));
        }
    }

    private void f64(final MutableDirectBuffer out, final int at) throws IOException {
        final JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            final double word = FloatText.parseWord(chars(), offset(), length());
            if (word == 0) {
                fault(expectedFloat("f64"));
            } else {
                ValueForm.putRaw(out, at, Double.BYTES, Double.doubleToLongBits(word));
            }
        } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            final double value = FloatText.parseDouble(chars(), offset(), length());
            if (Double.isInfinite(value)) {
                fault("f64 (at most 1.7976931348623157e308)");
            } else {
                ValueForm.putRaw(out, at, Double.BYTES, Double.doubleToLongBits(value));
            }
        } else {
            fault(expectedFloat("f64"));
        }
    }

    private static String expectedFloat(final String type) {
        return type + " (number, \"NaN\", \"Infinity\" or \"-Infinity\")";
    }

    private void timestamp(final MutableDirectBuffer out, final int at) throws IOException {
        final JsonToken token = parser.currentToken();
        long micros = TimestampText.INVALID;
        if (token == JsonToken.VALUE_STRING) {
            micros = TimestampText.parse(chars(), offset(), length());
        } else if (token == JsonToken.VALUE_NUMBER_INT
                && integer.read(chars(), offset(), length())
                && integer.fits(ScalarType.I64)) {
            micros = integer.bits();
        }
        if (TimestampText.isInRange(micros)) {
            ValueForm.putRaw(out, at, Long.BYTES, micros);
        } else {
            fault("timestamp (RFC 3339 to the microsecond, or integer microseconds, years 0000 to 9999)");
        }
    }

    private void uuid(final MutableDirectBuffer out, final int at) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING || !UuidText.parse(chars(), offset(), length(), out, at)) {
            fault("uuid (8-4-4-4-12 hex digits)");
        }
    }

    private char[] chars() throws IOException {
        return parser.getTextCharacters();
    }

    private int offset() throws IOException {
        return parser.getTextOffset();
    }

    private int length() throws IOException {
        return parser.getTextLength();
    }

    private void fault(final String expected) throws IOException {
        faults.add(path.toString(), expected, JsonCame.describe(parser));
        parser.skipChildren();
    }
}
