package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.NestedType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.ValueForm;
import io.taktdb.types.value.ValueKind;
import java.io.IOException;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Reads JSON values into their byte form (see {@link ValueKind}), as the contract's table of values says.
 *
 * <p>A value that does not fit is a fault in a {@link JsonFaults} and null in the bytes; the parser then stands behind
 * it as if it had fitted. JSON null is always null in the bytes: whether a field may be null is the caller's question.
 * Threading: one thread.
 */
public final class JsonToValue {
    private static final int HEAD_BYTES = 1 + Integer.BYTES;

    private final JsonPath path = new JsonPath();
    private final FixedFromJson fixed = new FixedFromJson(path);
    private final NestedFromJson nested = new NestedFromJson(this, path);
    private final JsonTextCopy textCopy = new JsonTextCopy();
    private final IntegerText integer = new IntegerText();

    /**
     * Reads the value whose first token is current; its last token is current afterwards.
     *
     * @param out grows by itself
     * @param root what a fault calls the value, e.g. the field's name
     * @return the first index after the value's bytes
     * @throws DbException INVALID_JSON or LIMIT_EXCEEDED, never SCHEMA_MISMATCH
     */
    public int encode(
            final JsonParser parser,
            final FieldType type,
            final MutableDirectBuffer out,
            final int index,
            final String root,
            final JsonFaults faults) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return putNull(out, index);
        }
        final int faultsBefore = faults.count();
        path.reset(root);
        try {
            final int next = value(parser, type, out, index, faults, false);
            return faults.count() == faultsBefore ? next : putNull(out, index);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    /**
     * Reads the patch of a json or composite value (RFC 7396) whose first token, the start of an object, is current:
     * its text, as kind {@link ValueKind#PATCH}.
     *
     * @param faults get what the patch names and a composite does not have, or not as such
     */
    int encodePatch(
            final JsonParser parser,
            final FieldType type,
            final MutableDirectBuffer out,
            final int index,
            final String root,
            final JsonFaults faults) {
        final int at = index + HEAD_BYTES;
        try {
            final int next = textCopy.copy(parser, out, at);
            if (next < 0) {
                faults.add(root, expectedText(VariableType.JSON), "object");
                return putNull(out, index);
            }
            ValueForm.putHead(out, index, ValueKind.PATCH, next - at);
            if (type instanceof CompositeType composite) {
                final byte[] text = new byte[next - at];
                out.getBytes(at, text);
                try (JsonParser again = StrictJson.parser(text, 0, text.length)) {
                    again.nextToken();
                    path.reset(root);
                    fixed.readPatch(again, composite, new ExpandableArrayBuffer(composite.rowBytes()), 0, faults);
                }
            }
            return next;
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    /**
     * Reads a value below the current path.
     *
     * @param isInner whether it lies in another value, where json keeps its null
     */
    int value(
            final JsonParser parser,
            final FieldType type,
            final MutableDirectBuffer out,
            final int index,
            final JsonFaults faults,
            final boolean isInner)
            throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL && !(isInner && type == VariableType.JSON)) {
            return putNull(out, index);
        }
        if (type instanceof VariableType variable) {
            return variable(parser, variable, out, index, faults);
        }
        return type instanceof NestedType several
                ? nested.read(parser, several, out, index, faults)
                : fixed(parser, type, out, index, faults);
    }

    /**
     * The same, with null as a fault unless {@code optional}.
     *
     * @param optional whether null is allowed
     */
    public int encode(
            final JsonParser parser,
            final FieldType type,
            final boolean optional,
            final MutableDirectBuffer out,
            final int index,
            final String root,
            final JsonFaults faults) {
        if (!optional && parser.currentToken() == JsonToken.VALUE_NULL) {
            faults.add(root, type.spelling() + " (not optional)", "null");
        }
        return encode(parser, type, out, index, root, faults);
    }

    /**
     * Reads a value of any shape into the kind that schema-later push gives it: null, bool, i64, f64, string or json.
     *
     * <p>A number that neither i64 nor f64 holds (a whole one that f64 would round, or one that is too large) becomes a
     * string of its digits. The kind is the first byte at {@code index}.
     */
    public int encodeNatural(
            final JsonParser parser,
            final MutableDirectBuffer out,
            final int index,
            final String root,
            final JsonFaults faults) {
        try {
            switch (parser.currentToken()) {
                case VALUE_NULL:
                    return putNull(out, index);
                case VALUE_TRUE:
                case VALUE_FALSE:
                    final boolean isTrue = parser.currentToken() == JsonToken.VALUE_TRUE;
                    return ValueForm.putScalar(out, index, ValueKind.BOOL, isTrue ? 1 : 0);
                case VALUE_NUMBER_INT:
                case VALUE_NUMBER_FLOAT:
                    return naturalNumber(parser, out, index);
                case VALUE_STRING:
                    return encode(parser, VariableType.STRING, out, index, root, faults);
                default:
                    return encode(parser, VariableType.JSON, out, index, root, faults);
            }
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    private int naturalNumber(final JsonParser parser, final MutableDirectBuffer out, final int index)
            throws IOException {
        final char[] chars = parser.getTextCharacters();
        final int offset = parser.getTextOffset();
        final int length = parser.getTextLength();
        final boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
        if (whole && integer.read(chars, offset, length) && integer.fits(ScalarType.I64)) {
            final boolean negativeZero = integer.bits() == 0 && chars[offset] == '-';
            if (!negativeZero) {
                return ValueForm.putScalar(out, index, ValueKind.I64, integer.bits());
            }
        }
        final double value = FloatText.parseDouble(chars, offset, length);
        if (Double.isInfinite(value) || (whole && !FloatText.isExactly(value, chars, offset, length))) {
            final int next = Utf8.encode(chars, offset, length, out, index + HEAD_BYTES);
            ValueForm.putHead(out, index, ValueKind.STRING, length);
            return next;
        }
        return ValueForm.putScalar(out, index, ValueKind.F64, Double.doubleToLongBits(value));
    }

    private int fixed(
            final JsonParser parser,
            final FieldType type,
            final MutableDirectBuffer out,
            final int index,
            final JsonFaults faults)
            throws IOException {
        final byte kind = ValueKind.of(type);
        final int bytes = type.rowBytes();
        final int at;
        if (ValueKind.isScalar(kind)) {
            out.putByte(index, kind);
            at = index + 1;
        } else {
            at = ValueForm.putHead(out, index, kind, bytes);
        }
        fixed.read(parser, type, out, at, faults);
        return at + bytes;
    }

    private int variable(
            final JsonParser parser,
            final VariableType type,
            final MutableDirectBuffer out,
            final int index,
            final JsonFaults faults)
            throws IOException {
        final int at = index + HEAD_BYTES;
        final int next;
        if (type == VariableType.JSON) {
            next = textCopy.copy(parser, out, at);
        } else if (parser.currentToken() != JsonToken.VALUE_STRING) {
            faults.add(
                    path.toString(),
                    type == VariableType.BYTES ? "bytes (base64 string)" : "string",
                    JsonCame.describe(parser));
            parser.skipChildren();
            return index;
        } else {
            next = text(parser, type, out, at);
        }
        if (next < 0) {
            faults.add(path.toString(), expectedText(type), JsonCame.describe(parser));
            return index;
        }
        if (type == VariableType.STRING && next - at > StrictJson.MAX_STRING) {
            throw new DbException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "string is too long: field=" + path + ", bytes=" + (next - at) + ", limit="
                            + StrictJson.MAX_STRING);
        }
        ValueForm.putHead(out, index, ValueKind.of(type), next - at);
        return next;
    }

    private static int text(
            final JsonParser parser, final VariableType type, final MutableDirectBuffer out, final int at)
            throws IOException {
        final char[] chars = parser.getTextCharacters();
        final int offset = parser.getTextOffset();
        final int length = parser.getTextLength();
        return type == VariableType.BYTES
                ? Base64Text.decode(chars, offset, length, out, at)
                : Utf8.encode(chars, offset, length, out, at);
    }

    private static String expectedText(final VariableType type) {
        return switch (type) {
            case STRING -> "string without unpaired surrogates";
            case BYTES -> "bytes (base64 with padding)";
            case JSON -> "json without unpaired surrogates";
        };
    }

    private static int putNull(final MutableDirectBuffer out, final int index) {
        out.putByte(index, ValueKind.NULL);
        return index + 1;
    }
}
