package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ListType;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.NestedType;
import io.taktdb.types.schema.OneofType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.ValueForm;
import io.taktdb.types.value.ValueKind;
import java.io.IOException;
import java.nio.ByteOrder;
import org.agrona.MutableDirectBuffer;

/**
 * Reads JSON into lists, options and oneofs, in their byte form.
 *
 * <p>Starts on the value's first token, ends on its last one, and reports faults instead of throwing. After a fault the
 * bytes mean nothing. Threading: one thread.
 */
final class NestedFromJson {
    private static final int HEAD_BYTES = 1 + Integer.BYTES;

    private final JsonToValue values;
    private final JsonPath path;

    NestedFromJson(final JsonToValue values, final JsonPath path) {
        this.values = values;
        this.path = path;
    }

    /** Reads a value that is not null; answers the first index after it. */
    int read(
            final JsonParser parser,
            final NestedType type,
            final MutableDirectBuffer out,
            final int index,
            final JsonFaults faults)
            throws IOException {
        final int at = index + HEAD_BYTES;
        final int next;
        if (type instanceof ListType list) {
            next = list(parser, list, out, at, faults);
        } else if (type instanceof OptionType option) {
            next = element(parser, option.inner(), out, at, faults);
        } else {
            next = oneof(parser, (OneofType) type, out, at, faults);
        }
        if (next - at > StrictJson.MAX_STRING) {
            throw new DbException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "value is too long: field=" + path + ", bytes=" + (next - at) + ", limit=" + StrictJson.MAX_STRING
                            + "; use a table with a record for each element");
        }
        ValueForm.putHead(out, index, ValueKind.of(type), next - at);
        return next;
    }

    private int list(
            final JsonParser parser,
            final ListType type,
            final MutableDirectBuffer out,
            final int at,
            final JsonFaults faults)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            fault(parser, type.spelling() + " (array)", faults);
            return at;
        }
        int position = at;
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            path.enterPosition(count++);
            position = element(parser, type.element(), out, position, faults);
            path.leave();
        }
        return position;
    }

    private int oneof(
            final JsonParser parser,
            final OneofType type,
            final MutableDirectBuffer out,
            final int at,
            final JsonFaults faults)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            fault(parser, expected(type), faults);
            return at;
        }
        int next = at;
        int keys = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            StrictJson.checkKeys(++keys);
            final String name = parser.currentName();
            parser.nextToken();
            final int position = type.indexOf(name);
            path.enterMember(Names.abbreviate(name));
            if (position < 0) {
                final String near = faults.suggestion(
                        name,
                        () -> type.variants().stream()
                                .map(OneofType.Variant::name)
                                .toList());
                fault(parser, "a variant of " + Names.abbreviate(type.spelling()) + near, faults);
            } else {
                out.putShort(at, (short) position, ByteOrder.LITTLE_ENDIAN);
                final FieldType variant = type.variants().get(position).type();
                next = element(parser, variant, out, at + ValueKind.VARIANT_BYTES, faults);
            }
            path.leave();
        }
        if (keys != 1) {
            faults.add(path.toString(), expected(type), "object of " + keys + " keys");
        }
        return next;
    }

    private static String expected(final OneofType type) {
        return Names.abbreviate(type.spelling()) + " (object with one variant)";
    }

    /** A value inside another: null is a value only of options and json. */
    private int element(
            final JsonParser parser,
            final FieldType type,
            final MutableDirectBuffer out,
            final int index,
            final JsonFaults faults)
            throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL
                && !(type instanceof OptionType)
                && type != VariableType.JSON) {
            fault(parser, type.spelling() + " (not optional)", faults);
            return index;
        }
        return values.value(parser, type, out, index, faults, true);
    }

    private void fault(final JsonParser parser, final String expected, final JsonFaults faults) throws IOException {
        faults.add(path.toString(), expected, JsonCame.describe(parser));
        parser.skipChildren();
    }
}
