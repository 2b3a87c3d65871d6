package io.taktdb.types.evolution;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.json.ValueText;
import io.taktdb.types.json.ValueToJson;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.ValueForm;
import io.taktdb.types.value.ValueKind;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.io.ExpandableDirectBufferOutputStream;

/**
 * One value of one type as the same value of a wider type, in its byte form.
 *
 * <p>Numbers become numbers exactly or not at all; what becomes {@code string} is the text that JSON would show,
 * without quotes; what becomes {@code json} is that JSON. Input and output may be the same buffer. Threading: pure.
 */
public final class ValueConversion {
    /** What a conversion answers when the other type does not hold the value. */
    public static final int INEXACT = -1;

    private static final int HEAD_BYTES = 1 + Integer.BYTES;
    private static final int F32_BITS = 24;
    private static final int F64_BITS = 53;

    private ValueConversion() {}

    /**
     * Converts a value, for all pairs of {@link Widening#mayWiden}.
     *
     * @param offset where the value's bytes start, behind any head
     * @param length bytes of a variable value; of no meaning for others
     * @param out grows by itself; gets kind and value
     * @return the first index after the value, or {@link #INEXACT}
     */
    public static int convert(
            final FieldType from,
            final DirectBuffer in,
            final int offset,
            final int length,
            final FieldType to,
            final MutableDirectBuffer out,
            final int index) {
        if (from.equals(to)) {
            return copy(from, in, offset, length, out, index);
        }
        if (!Widening.mayWiden(from, to)) {
            return INEXACT;
        }
        if (to == VariableType.JSON) {
            return json(from, in, offset, length, out, index);
        }
        if (to == VariableType.STRING) {
            final byte[] utf8 = ValueText.of(from, in, offset).getBytes(StandardCharsets.UTF_8);
            final int at = ValueForm.putHead(out, index, ValueKind.STRING, utf8.length);
            out.putBytes(at, utf8);
            return at + utf8.length;
        }
        return number((ScalarType) from, in, offset, (ScalarType) to, out, index);
    }

    private static int json(
            final FieldType type,
            final DirectBuffer in,
            final int offset,
            final int length,
            final MutableDirectBuffer out,
            final int index) {
        final ExpandableDirectBufferOutputStream text = new ExpandableDirectBufferOutputStream(out, index + HEAD_BYTES);
        try (JsonGenerator g = StrictJson.generator(text)) {
            new ValueToJson().write(g, type, in, offset, length, JsonStyle.PLAIN);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        return ValueForm.putHead(out, index, ValueKind.JSON, text.position()) + text.position();
    }

    private static int copy(
            final FieldType type,
            final DirectBuffer in,
            final int offset,
            final int length,
            final MutableDirectBuffer out,
            final int index) {
        final byte kind = ValueKind.of(type);
        final int bytes = type.isVariable() ? length : type.rowBytes();
        int at = index + 1;
        if (ValueKind.isScalar(kind)) {
            out.putByte(index, kind);
        } else {
            at = ValueForm.putHead(out, index, kind, bytes);
        }
        out.putBytes(at, in, offset, bytes);
        return at + bytes;
    }

    private static int number(
            final ScalarType from,
            final DirectBuffer in,
            final int offset,
            final ScalarType to,
            final MutableDirectBuffer out,
            final int index) {
        if (from == ScalarType.F32) {
            final double wide = Float.intBitsToFloat(in.getInt(offset, ByteOrder.LITTLE_ENDIAN));
            return ValueForm.putScalar(out, index, ValueKind.F64, Double.doubleToLongBits(wide));
        }
        final long value = ValueText.integer(from, in, offset);
        return to.isInteger()
                ? ValueForm.putScalar(out, index, ValueKind.of(to), value)
                : wholeToFloat(value, from == ScalarType.U64, to, out, index);
    }

    /** Writes a whole number as f32 or f64 if that is exact. */
    static int wholeToFloat(
            final long value,
            final boolean unsigned,
            final ScalarType to,
            final MutableDirectBuffer out,
            final int index) {
        final long magnitude = unsigned ? value : Math.abs(value);
        final int firstToLastBit =
                Long.SIZE - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude);
        if (firstToLastBit > (to == ScalarType.F32 ? F32_BITS : F64_BITS)) {
            return INEXACT;
        }
        final double exact = unsigned && value < 0 ? (value >>> 1) * 2.0 : value;
        final long bits = to == ScalarType.F32 ? Float.floatToIntBits((float) exact) : Double.doubleToLongBits(exact);
        return ValueForm.putScalar(out, index, ValueKind.of(to), bits);
    }
}
