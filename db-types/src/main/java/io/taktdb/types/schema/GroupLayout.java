package io.taktdb.types.schema;

import java.util.Locale;

/** How the fields of one page group lie in a page. */
public enum GroupLayout {
    /** The values of each field lie together: offset = start of the column, stride = field size. */
    COLUMNS,
    /** Each record lies together: offset = place in the record, stride = record size. */
    ROWS;

    /** The word in a schema: {@code columns} or {@code rows}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
