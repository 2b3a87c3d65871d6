package io.taktdb.cli.http;

import java.nio.charset.StandardCharsets;

/**
 * A path and query under construction: every part is percent-encoded, so that a table named {@code a/b} stays one part.
 *
 * <p>Immutable; each method gives a new route.
 */
public record Route(String text) {
    private static final String UNRESERVED = "-._~";
    private static final String HEX = "0123456789ABCDEF";

    /** A route from fixed text, which must be encoded already: {@code /v1/tables}. */
    public static Route of(final String fixed) {
        return new Route(fixed);
    }

    /** One table's route. */
    public static Route table(final String table) {
        return of("/v1/tables").part(table);
    }

    /** The route of one record, or of all of them when {@code id} is null. */
    public static Route records(final String table, final String id) {
        final Route all = table(table).part("records");
        return id == null ? all : all.part(id);
    }

    /** Adds {@code /part}. */
    public Route part(final String part) {
        return new Route(text + "/" + encode(part));
    }

    /** Adds {@code ?name=value} or {@code &name=value}; nothing for a null value. */
    public Route query(final String name, final Object value) {
        if (value == null) {
            return this;
        }
        final String separator = text.indexOf('?') < 0 ? "?" : "&";
        return new Route(text + separator + encode(name) + "=" + encode(value.toString()));
    }

    private static String encode(final String part) {
        if (".".equals(part) || "..".equals(part)) {
            return part.replace(".", "%2E"); // or a proxy on the way would resolve it
        }
        final StringBuilder encoded = new StringBuilder(part.length() + 8);
        for (final byte one : part.getBytes(StandardCharsets.UTF_8)) {
            final char ascii = (char) (one & 0xFF);
            if (ascii < 0x80 && (Character.isLetterOrDigit(ascii) || UNRESERVED.indexOf(ascii) >= 0)) {
                encoded.append(ascii);
            } else {
                encoded.append('%').append(HEX.charAt(ascii >> 4)).append(HEX.charAt(ascii & 0xF));
            }
        }
        return encoded.toString();
    }
}
