package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/**
 * Java values as JSON, for errors and for what procedures return: null, booleans, numbers, text, lists, arrays, maps
 * and records; anything else as its text.
 *
 * <p>Threading: none of its own.
 */
public final class PlainValueWriter {
    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(final Class<?> type) {
            final RecordComponent[] components = type.getRecordComponents();
            for (final RecordComponent component : components) {
                component.getAccessor().setAccessible(true);
            }
            return components;
        }
    };

    /** Below this, every whole double is written as the digits of an integer, as values of tables are. */
    private static final double EXACT_DOUBLES = 0x1p53;

    private PlainValueWriter() {}

    /** Writes one value. Non-finite numbers become strings, as everywhere in the contract. */
    public static void write(final JsonGenerator json, final Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Number number) {
            writeNumber(json, number);
        } else if (value instanceof Iterable<?> list) {
            json.writeStartArray();
            for (final Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (final Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(wellFormed(String.valueOf(entry.getKey())));
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof byte[] bytes) {
            json.writeBinary(bytes);
        } else if (value.getClass().isArray()) {
            writeArray(json, value);
        } else if (value instanceof Record structure) {
            writeRecord(json, structure);
        } else if (value instanceof Optional<?> optional) {
            write(json, optional.orElse(null));
        } else {
            json.writeString(wellFormed(value.toString()));
        }
    }

    private static void writeArray(final JsonGenerator json, final Object array) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < Array.getLength(array); i++) {
            write(json, Array.get(array, i));
        }
        json.writeEndArray();
    }

    private static void writeRecord(final JsonGenerator json, final Record structure) throws IOException {
        json.writeStartObject();
        for (final RecordComponent component : COMPONENTS.get(structure.getClass())) {
            json.writeFieldName(component.getName());
            try {
                write(json, component.getAccessor().invoke(structure));
            } catch (final ReflectiveOperationException e) {
                throw new IllegalStateException("result cannot be read: component=" + component, e);
            }
        }
        json.writeEndObject();
    }

    /** The text with every unpaired surrogate replaced: UTF-8 has no form for them, and an error must not fail. */
    static String wellFormed(final String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isSurrogate(text.charAt(i))) {
                continue;
            }
            if (i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                i++;
            } else {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(i, '\uFFFD');
            }
        }
        return mended == null ? text : mended.toString();
    }

    private static boolean isNegativeZero(final double value) {
        return Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
    }

    private static void writeNumber(final JsonGenerator json, final Number number) throws IOException {
        if (number instanceof Double || number instanceof Float) {
            final double wide = number.doubleValue();
            if (Double.isNaN(wide) || Double.isInfinite(wide)) {
                json.writeString(Double.toString(wide));
            } else if (wide == (long) wide && Math.abs(wide) < EXACT_DOUBLES && !isNegativeZero(wide)) {
                json.writeNumber((long) wide);
            } else if (number instanceof Float narrow) {
                json.writeNumber(narrow);
            } else {
                json.writeNumber(wide);
            }
        } else if (number instanceof BigInteger big) {
            json.writeNumber(big);
        } else if (number instanceof BigDecimal big) {
            json.writeNumber(big);
        } else {
            json.writeNumber(number.longValue());
        }
    }
}
