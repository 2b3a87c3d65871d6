package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.TypeParser;
import io.taktdb.types.value.ValueCursor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;

/** One JSON value on its way to bytes and back, for tests. */
public final class JsonProbe {
    private static final int START = 3; // odd, so that nothing is aligned

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final JsonFaults faults = new JsonFaults();
    private final FieldType type;
    private final int end;

    private JsonProbe(final FieldType type, final String json) {
        this.type = type;
        try (JsonParser parser = StrictJson.parser(json)) {
            StrictJson.next(parser);
            end = new JsonToValue().encode(parser, type, buffer, START, "field", faults);
            StrictJson.requireEnd(parser);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads JSON as a type that is not a named one. */
    public static JsonProbe of(final String type, final String json) {
        return new JsonProbe(TypeParser.parse(type, Map.of()), json);
    }

    /** Reads JSON as a type. */
    public static JsonProbe of(final FieldType type, final String json) {
        return new JsonProbe(type, json);
    }

    /** A parser of JSON that is written with single quotes, for the sake of those who read it. */
    static JsonParser parser(final String singleQuoted) {
        return StrictJson.parser(singleQuoted.replace('\'', '"'));
    }

    /** What did not fit. */
    public JsonFaults faults() {
        return faults;
    }

    /** The value that was read. */
    public ValueCursor value() {
        return new ValueCursor().wrap(buffer, START, end);
    }

    /** The value's bytes without their head. */
    public byte[] bytes() {
        final ValueCursor value = value();
        final byte[] bytes = new byte[value.length()];
        buffer.getBytes(value.offset(), bytes);
        return bytes;
    }

    /** The value as JSON again; fails if it did not fit. */
    public String json() {
        return json(JsonStyle.PLAIN);
    }

    /** The value as JSON in a style; fails if it did not fit. */
    public String json(final JsonStyle style) {
        faults.throwIfAny("probe of " + type.spelling());
        return textOf(type, value(), style);
    }

    /** JSON read into the kind that push gives it. */
    public static ValueCursor natural(final String json) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1);
        final JsonFaults faults = new JsonFaults();
        final JsonParser parser = StrictJson.parser(json);
        StrictJson.next(parser);
        final int end = new JsonToValue().encodeNatural(parser, buffer, START, "field", faults);
        StrictJson.requireEnd(parser);
        faults.throwIfAny("probe of push");
        return new ValueCursor().wrap(buffer, START, end);
    }

    /** A value as JSON. */
    public static String textOf(final FieldType type, final ValueCursor value) {
        return textOf(type, value, JsonStyle.PLAIN);
    }

    private static String textOf(final FieldType type, final ValueCursor value, final JsonStyle style) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(bytes)) {
            new ValueToJson().write(g, type, value, style);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The only fault; fails if there is none or another. */
    public JsonFaults.Fault fault() {
        if (faults.count() != 1) {
            throw new AssertionError("one fault wanted, there are " + faults.list());
        }
        return faults.list().get(0);
    }
}
