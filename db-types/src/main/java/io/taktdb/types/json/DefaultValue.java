package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.Names;
import io.taktdb.types.value.ValueCursor;
import io.taktdb.types.value.ValueKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** A field's default: JSON text in the schema, the byte form of a value in the engine. Threading: none of its own. */
public final class DefaultValue {
    private DefaultValue() {}

    /**
     * Writes the byte form of a field's default.
     *
     * @return the first index after it
     * @throws DbException INVALID_SCHEMA the text does not fit the type
     */
    public static int encode(final String table, final Field field, final MutableDirectBuffer out, final int index) {
        final JsonFaults faults = new JsonFaults();
        final int next = encode(field, field.defaultJson(), out, index, faults);
        if (!faults.isEmpty()) {
            final JsonFaults.Fault fault = faults.list().get(0);
            throw new DbException(
                            ErrorCode.INVALID_SCHEMA,
                            "default does not fit its type: table=" + table + ", field=" + fault.field() + ", expected="
                                    + fault.expected() + ", came=" + fault.came())
                    .with("table", table)
                    .with("field", field.name())
                    .with("default", Names.abbreviate(field.defaultJson()));
        }
        return next;
    }

    /**
     * Writes the byte form of a field's value that is given as JSON text.
     *
     * @return the first index after it
     * @throws DbException SCHEMA_MISMATCH the text does not fit the type; INVALID_JSON
     */
    public static int encodeValue(
            final String table, final Field field, final String json, final MutableDirectBuffer out, final int index) {
        final JsonFaults faults = new JsonFaults();
        final int next = encode(field, json, out, index, faults);
        faults.throwIfAny("table=" + table);
        return next;
    }

    private static int encode(
            final Field field,
            final String json,
            final MutableDirectBuffer out,
            final int index,
            final JsonFaults faults) {
        try (JsonParser parser = StrictJson.parser(json)) {
            if (StrictJson.next(parser) == null) {
                faults.add(field.name(), field.type().spelling(), JsonFaults.ABSENT);
                return index;
            }
            final int next = new JsonToValue().encode(parser, field.type(), out, index, field.name(), faults);
            StrictJson.requireEnd(parser);
            return next;
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    /**
     * The field with its default as values are written, so that equal defaults are equal text; null is no default.
     *
     * @throws DbException INVALID_SCHEMA or INVALID_JSON the default does not fit the type
     */
    public static Field canonical(final String table, final Field field) {
        if (field.defaultJson() == null) {
            return field;
        }
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int end = encode(table, field, buffer, 0);
        final boolean isNull = buffer.getByte(0) == ValueKind.NULL;
        return field.retyped(field.type(), isNull ? null : toJson(field.type(), buffer, 0, end));
    }

    /** The JSON text of the value whose byte form starts at {@code index}. */
    public static String toJson(final FieldType type, final DirectBuffer buffer, final int index, final int limit) {
        final ValueCursor value = new ValueCursor().wrap(buffer, index, limit);
        return value.isNull() ? "null" : toJson(type, value.buffer(), value.offset(), value.length(), JsonStyle.PLAIN);
    }

    /** The JSON text of the value whose bytes start at {@code offset}, behind any head. */
    public static String toJson(
            final FieldType type,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final JsonStyle style) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(bytes)) {
            new ValueToJson().write(g, type, buffer, offset, length, style);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
