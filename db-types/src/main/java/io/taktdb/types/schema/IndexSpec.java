package io.taktdb.types.schema;

import java.util.List;

/**
 * An index as a client asks for it.
 *
 * @param fields names of the fields, in the order in which they count
 */
public record IndexSpec(String name, List<String> fields, IndexKind kind, boolean unique) {
    public IndexSpec {
        fields = List.copyOf(fields);
    }

    /** An ordered index that allows equal values. */
    public static IndexSpec ordered(final String name, final String... fields) {
        return new IndexSpec(name, List.of(fields), IndexKind.ORDERED, false);
    }

    /** An ordered index that forbids equal values. */
    public static IndexSpec unique(final String name, final String... fields) {
        return new IndexSpec(name, List.of(fields), IndexKind.ORDERED, true);
    }
}
