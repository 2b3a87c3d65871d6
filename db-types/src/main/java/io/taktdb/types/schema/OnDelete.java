package io.taktdb.types.schema;

import java.util.Locale;

/** What becomes of the records that refer to a record which is deleted. */
public enum OnDelete {
    /** The delete is refused while there are any. */
    RESTRICT,
    /** They are deleted too. */
    CASCADE,
    /** Their field becomes null. */
    SET_NULL;

    private final String spelling = name().toLowerCase(Locale.ROOT);

    /** How the action is written in a schema. */
    public String spelling() {
        return spelling;
    }
}
