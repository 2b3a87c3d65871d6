package io.taktdb.api.json;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Names;

/** Record ids as text: u64 in decimal. Threading: none of its own. */
public final class RecordIds {
    private RecordIds() {}

    /**
     * The id that a text says.
     *
     * @throws DbException INVALID_ID
     */
    public static long parse(final String text) {
        try {
            if (!text.isEmpty() && text.charAt(0) != '+') {
                return Long.parseUnsignedLong(text);
            }
        } catch (final NumberFormatException e) {
            // said below
        }
        throw new DbException(
                        ErrorCode.INVALID_ID,
                        "not a record id: id=" + Names.abbreviate(text) + "; ids are decimal numbers, 0 to "
                                + Long.toUnsignedString(-1L))
                .with("id", Names.abbreviate(text));
    }
}
