package io.taktdb.types.evolution;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.types.json.JsonFaults;
import io.taktdb.types.json.JsonStyle;
import io.taktdb.types.json.JsonToValue;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.json.TimestampText;
import io.taktdb.types.json.ValueToJson;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.value.ValueForm;
import io.taktdb.types.value.ValueKind;
import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.io.ExpandableDirectBufferOutputStream;

/**
 * Fits a value that push brought, in one of JSON's own kinds, into a column as it is.
 *
 * <p>A column that push made takes what {@link ValueConversion} converts into its type, so that all is kept as it was
 * sent: no string becomes a number. A declared column of another type takes the value as if it had been sent to that
 * column alone ({@link JsonToValue}), but f32 takes a whole number only if that is exact. Threading: one thread.
 */
public final class PushFit {
    private final JsonToValue reader = new JsonToValue();
    private final ValueToJson writer = new ValueToJson();
    private final ExpandableArrayBuffer text = new ExpandableArrayBuffer();
    private final JsonFaults faults = new JsonFaults();

    /**
     * Writes a value in a column's type.
     *
     * @param kind BOOL, I64, F64, STRING or JSON
     * @param offset where the value's bytes start, behind any head
     * @param length bytes of a string or json
     * @param out grows by itself; gets kind and value
     * @return the first index after the value, or {@link ValueConversion#INEXACT} when the column must widen, to
     *     {@link PushLattice#join} of its type and the value's kind
     */
    public int fit(
            final byte kind,
            final DirectBuffer in,
            final int offset,
            final int length,
            final FieldType column,
            final MutableDirectBuffer out,
            final int index) {
        final FieldType from = PushLattice.typeOf(kind);
        if (from.equals(column) || Widening.mayWiden(from, column)) {
            return ValueConversion.convert(from, in, offset, length, column, out, index);
        }
        if (PushLattice.isColumnOfPush(column)) {
            return ValueConversion.INEXACT;
        }
        if (kind == ValueKind.I64 && column instanceof ScalarType scalar) {
            return whole(in.getLong(offset, ByteOrder.LITTLE_ENDIAN), scalar, out, index);
        }
        final boolean wholeColumn = column instanceof ScalarType scalar && !scalar.isFloat();
        if (kind == ValueKind.F64 && wholeColumn) {
            return ValueConversion.INEXACT;
        }
        return reread(from, in, offset, length, column, out, index);
    }

    private int whole(final long value, final ScalarType column, final MutableDirectBuffer out, final int index) {
        if (column == ScalarType.F32) {
            return ValueConversion.wholeToFloat(value, false, column, out, index);
        }
        final boolean fits = switch (column) {
            case U64 -> value >= 0;
            case TIMESTAMP -> TimestampText.isInRange(value);
            default -> column.isInteger() && value >= column.minInteger() && value <= column.maxInteger();
        };
        return fits ? ValueForm.putScalar(out, index, ValueKind.of(column), value) : ValueConversion.INEXACT;
    }

    private int reread(
            final FieldType from,
            final DirectBuffer in,
            final int offset,
            final int length,
            final FieldType column,
            final MutableDirectBuffer out,
            final int index) {
        final ExpandableDirectBufferOutputStream stream = new ExpandableDirectBufferOutputStream(text);
        try (JsonGenerator g = StrictJson.generator(stream)) {
            writer.write(g, from, in, offset, length, JsonStyle.PLAIN);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        faults.clear();
        try (JsonParser parser = StrictJson.parser(text.byteArray(), 0, stream.position())) {
            StrictJson.next(parser);
            final int next = reader.encode(parser, column, out, index, "", faults);
            return faults.isEmpty() ? next : ValueConversion.INEXACT;
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }
}
