package io.taktdb.cli.view;

import com.fasterxml.jackson.databind.JsonNode;

/** Values as text that is safe and short enough for one cell. */
public final class Text {
    /** Longer cells end in an ellipsis when a person watches. */
    static final int MAX_CELL = 48;

    private Text() {}

    /** One value: strings as they are, nothing for null, nested values as JSON; control characters are made visible. */
    public static String of(final JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return "";
        }
        return visible(value.isContainerNode() ? value.toString() : value.asText());
    }

    /** Replaces control characters, so that stored text cannot steer the terminal. */
    public static String visible(final String text) {
        final StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                safe.append("\\n");
            } else if (c == '\t') {
                safe.append("\\t");
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                safe.append(String.format("\\u%04x", c));
            } else {
                safe.appendCodePoint(c);
            }
        });
        return safe.toString();
    }

    static String shortened(final String text) {
        final int length = text.codePointCount(0, text.length());
        return length <= MAX_CELL ? text : text.substring(0, text.offsetByCodePoints(0, MAX_CELL - 1)) + "…";
    }

    static String pad(final String text, final int width, final boolean right) {
        final String space = " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
        return right ? space + text : text + space;
    }
}
