package io.taktdb.types.schema;

import java.util.Locale;

/** What an index promises to be good at. Both kinds lie in one ordered tree, see docs/decisions. */
public enum IndexKind {
    /** Finds equal values. */
    HASH,
    /** Finds equal values and ranges, and walks in order. */
    ORDERED;

    private final String spelling = name().toLowerCase(Locale.ROOT);

    /** How the kind is written in a schema. */
    public String spelling() {
        return spelling;
    }
}
