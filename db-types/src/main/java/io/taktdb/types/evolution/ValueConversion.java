package io.taktdb.types.evolution;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.types.json.JsonFaults;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.JsonToValue;
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
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.io.ExpandableDirectBufferOutputStream;

/**
 * One value of one type as the same value of another, in its byte form.
 *
 * <p>Input and output may be the same buffer. Threading: one thread.
 */
public final class ValueConversion {
    /** What a conversion answers when the other type does not hold the value. */
    public static final int INEXACT = -1;

    private static final int F32_BITS = 24;
    private static final int F64_BITS = 53;

    private final JsonToValue reader = new JsonToValue();
    private final ValueToJson writer = new ValueToJson();
    private final ExpandableArrayBuffer text = new ExpandableArrayBuffer();
    private final JsonFaults faults = new JsonFaults();

    /**
     * Converts a value exactly, for all pairs of {@link Widening#mayWiden}.
     *
     * @param offset where the value's bytes start, behind any head
     * @param length bytes of a variable value; of no meaning for others
     * @param out grows by itself; gets kind and value
     * @return the first index after the value, or {@link #INEXACT}
     */
    public int convert(
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
            return putText(ValueKind.JSON, writeText(from, in, offset, length), out, index);
        }
        if (to == VariableType.STRING) {
            final byte[] utf8 = ValueText.of(from, in, offset).getBytes(StandardCharsets.UTF_8);
            text.putBytes(0, utf8);
            return putText(ValueKind.STRING, utf8.length, out, index);
        }
        return number((ScalarType) from, in, offset, (ScalarType) to, out, index);
    }

    /**
     * Converts a value of a kind that push knows into a column's type, as if it had been sent to that column: the
     * rules of {@link JsonToValue} hold, with two exceptions that keep everything as it was sent. A string fits no
     * bool, i64 or f64, and a whole number fits f32 only if it is exact.
     *
     * @param kind BOOL, I64, F64, STRING or JSON
     * @return the first index after the value, or {@link #INEXACT} when the column must widen
     */
    public int fit(
            final byte kind,
            final DirectBuffer in,
            final int offset,
            final int length,
            final FieldType to,
            final MutableDirectBuffer out,
            final int index) {
        final FieldType from = PushLattice.typeOf(kind);
        if (from.equals(to) || Widening.mayWiden(from, to)) {
            return convert(from, in, offset, length, to, out, index);
        }
        if (PushLattice.isColumnOfPush(to) || (kind == ValueKind.F64 && to != ScalarType.F32)) {
            return INEXACT;
        }
        final boolean roundsWhole = kind == ValueKind.I64 && to == ScalarType.F32;
        if (roundsWhole && !isExact(in.getLong(offset, ByteOrder.LITTLE_ENDIAN), false, F32_BITS)) {
            return INEXACT;
        }
        return reread(from, in, offset, length, to, out, index);
    }

    private int reread(
            final FieldType from,
            final DirectBuffer in,
            final int offset,
            final int length,
            final FieldType to,
            final MutableDirectBuffer out,
            final int index) {
        final int bytes = writeText(from, in, offset, length);
        faults.clear();
        try (JsonParser parser = StrictJson.parser(text.byteArray(), 0, bytes)) {
            StrictJson.next(parser);
            final int next = reader.encode(parser, to, out, index, "", faults);
            return faults.isEmpty() ? next : INEXACT;
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    /**
     * Writes the value's JSON into {@link #text}.
     *
     * @return its bytes
     */
    private int writeText(final FieldType type, final DirectBuffer in, final int offset, final int length) {
        final ExpandableDirectBufferOutputStream stream = new ExpandableDirectBufferOutputStream(text);
        try (JsonGenerator g = StrictJson.generator(stream)) {
            writer.write(g, type, in, offset, length, JsonStyle.PLAIN);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        return stream.position();
    }

    private int putText(final byte kind, final int length, final MutableDirectBuffer out, final int index) {
        final int at = ValueForm.putHead(out, index, kind, length);
        out.putBytes(at, text, 0, length);
        return at + length;
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
        final byte kind = ValueKind.of(to);
        if (from == ScalarType.F32) {
            final double wide = Float.intBitsToFloat(in.getInt(offset, ByteOrder.LITTLE_ENDIAN));
            return ValueForm.putScalar(out, index, kind, Double.doubleToLongBits(wide));
        }
        final long value = ValueText.integer(from, in, offset);
        if (to.isInteger()) {
            return ValueForm.putScalar(out, index, kind, value);
        }
        final boolean unsigned = from == ScalarType.U64;
        if (!isExact(value, unsigned, to == ScalarType.F32 ? F32_BITS : F64_BITS)) {
            return INEXACT;
        }
        final double exact = unsigned && value < 0 ? (value >>> 1) * 2.0 : value;
        final long bits = to == ScalarType.F32 ? Float.floatToIntBits((float) exact) : Double.doubleToLongBits(exact);
        return ValueForm.putScalar(out, index, kind, bits);
    }

    /** Whether the bits from the first to the last that is set are no more than a significand has. */
    private static boolean isExact(final long value, final boolean unsigned, final int significandBits) {
        final long magnitude = unsigned ? value : Math.abs(value);
        final int span = Long.SIZE - Long.numberOfLeadingZeros(magnitude) - Long.numberOfTrailingZeros(magnitude);
        return span <= significandBits;
    }
}
