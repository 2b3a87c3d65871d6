package io.taktdb.persistence.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.taktdb.types.json.StrictJson;
import java.util.Locale;

/** Defaults as SQL writes them. Threading: none of its own. */
final class PlainDefault {
    private PlainDefault() {}

    /** A default as JSON for a field of a type; null if it is an expression, or does not fit. */
    static String json(final String type, final String sql) {
        final String text = sql.strip();
        return switch (type) {
            case "bool" -> bool(text);
            case "i64" -> text.matches("[+-]?[0-9]{1,18}") ? Long.toString(Long.parseLong(text)) : null;
            case "f64" ->
                text.matches("[+-]?[0-9]{1,15}([.][0-9]{0,15})?") ? Double.toString(Double.parseDouble(text)) : null;
            case "string" -> string(text);
            default -> null;
        };
    }

    private static String bool(final String text) {
        return switch (text.toUpperCase(Locale.ROOT)) {
            case "0", "FALSE" -> "false";
            case "1", "TRUE" -> "true";
            default -> null;
        };
    }

    private static String string(final String text) {
        final boolean isLiteral = text.length() >= 2
                && text.charAt(0) == '\''
                && text.charAt(text.length() - 1) == '\''
                && !text.substring(1, text.length() - 1).replace("''", "").contains("'");
        if (!isLiteral) {
            return null;
        }
        try {
            return StrictJson.mapper()
                    .writeValueAsString(text.substring(1, text.length() - 1).replace("''", "'"));
        } catch (final JsonProcessingException e) {
            throw StrictJson.translate(e);
        }
    }
}
