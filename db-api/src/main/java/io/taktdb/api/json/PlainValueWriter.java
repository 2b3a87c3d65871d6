package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/** Java values as JSON: null, booleans, numbers, text, lists, maps; anything else as its text. */
public final class PlainValueWriter {
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
        } else {
            json.writeString(wellFormed(value.toString()));
        }
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

    private static void writeNumber(final JsonGenerator json, final Number number) throws IOException {
        if (number instanceof Double || number instanceof Float) {
            final double wide = number.doubleValue();
            if (Double.isNaN(wide) || Double.isInfinite(wide)) {
                json.writeString(Double.toString(wide));
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
