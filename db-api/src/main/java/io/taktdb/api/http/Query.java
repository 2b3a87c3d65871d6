package io.taktdb.api.http;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.schema.Names;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a query, decoded, each at most once. Every fault is INVALID_PARAMETER and names the parameter.
 *
 * <p>Threading: immutable.
 */
public final class Query {
    /** The most parameters of one request. */
    public static final int MAX_PARAMETERS = 256;

    private static final Query NONE = new Query(Map.of());

    private final Map<String, String> values;

    private Query(final Map<String, String> values) {
        this.values = values;
    }

    /**
     * The parameters of a raw query.
     *
     * @param raw may be null
     */
    public static Query parse(final String raw) {
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        final Map<String, String> values = new LinkedHashMap<>();
        for (final String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            final int equals = pair.indexOf('=');
            final String name = PercentDecoder.query(equals < 0 ? pair : pair.substring(0, equals));
            final String value = equals < 0 ? "" : PercentDecoder.query(pair.substring(equals + 1));
            if (values.put(name, value) != null) {
                throw fault("query parameter is given twice: parameter=" + Names.abbreviate(name), name);
            }
            if (values.size() > MAX_PARAMETERS) {
                throw fault("too many query parameters: limit=" + MAX_PARAMETERS, name);
            }
        }
        return new Query(Collections.unmodifiableMap(values));
    }

    /** Refuses every parameter that is not among the known ones. */
    public Query only(final String... known) {
        if (values.isEmpty()) {
            return this;
        }
        final List<String> names = List.of(known);
        for (final String name : values.keySet()) {
            if (!names.contains(name)) {
                throw unknown(name, names);
            }
        }
        return this;
    }

    /** The error for a parameter that the route does not have. */
    public static DbException unknown(final String name, final List<String> known) {
        final String shown = Names.abbreviate(name);
        return fault(
                "unknown query parameter: parameter=" + shown + Suggestion.didYouMean(name, known)
                        + (known.isEmpty() ? "; this route has none" : "; this route has " + String.join(", ", known)),
                name);
    }

    /** The value as sent, empty for a parameter without one, or null when it is absent. */
    public String text(final String name) {
        return values.get(name);
    }

    /** Names in the order of their arrival. */
    public Iterable<String> names() {
        return values.keySet();
    }

    /** {@code true}, {@code false}, or a bare name for true; false when it is absent. */
    public boolean flag(final String name) {
        final String value = values.get(name);
        if (value == null || "false".equals(value)) {
            return false;
        }
        if (value.isEmpty() || "true".equals(value)) {
            return true;
        }
        throw fault("not true or false: parameter=" + name + ", value=" + Names.abbreviate(value), name);
    }

    /** A whole number within bounds, or a default when it is absent. */
    public long number(final String name, final long min, final long max, final long absent) {
        final String value = values.get(name);
        if (value == null) {
            return absent;
        }
        final long number = digits(value);
        if (number < min || number > max) {
            throw fault(
                    "query parameter out of range: parameter=" + name + ", value=" + Names.abbreviate(value)
                            + ", range=" + min + ".." + max,
                    name);
        }
        return number;
    }

    /** One of a few words, or a default when it is absent. */
    public String word(final String name, final String absent, final String... allowed) {
        final String value = values.get(name);
        if (value == null) {
            return absent;
        }
        for (final String word : allowed) {
            if (word.equals(value)) {
                return word;
            }
        }
        throw fault(
                "query parameter is not one of the allowed words: parameter=" + name + ", value="
                        + Names.abbreviate(value) + ", allowed=" + String.join("|", allowed),
                name);
    }

    /** An error about one parameter. */
    public static DbException fault(final String detail, final String name) {
        return new DbException(ErrorCode.INVALID_PARAMETER, detail).with("parameter", Names.abbreviate(name));
    }

    /** The number, or -1 for anything else. */
    private static long digits(final String value) {
        try {
            return isDigits(value) ? Long.parseLong(value) : -1;
        } catch (final NumberFormatException e) {
            return -1;
        }
    }

    private static boolean isDigits(final String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
