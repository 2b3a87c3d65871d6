package io.taktdb.core.layout;

import io.taktdb.types.schema.Field;

/**
 * Where one field's values lie: {@code page + offset + rowInChunk * stride}.
 *
 * @param field the field, null for the id
 * @param group number of the group whose page holds it
 * @param offset bytes from the start of the page to the value of row 0
 * @param stride bytes from one row's value to the next row's
 * @param bytes bytes of a value
 * @param presenceOffset bytes from the start of the page to the presence bits, -1 where null is not allowed; in columns
 *     a bit for each row of the chunk, in rows the byte of row 0 that holds this field's bit
 * @param presenceBit in rows the bit within that byte, else 0
 */
public record FieldPlace(
        Field field, int group, int offset, int stride, int bytes, int presenceOffset, int presenceBit) {
    /** Whether the same field, maybe under another name, lies in the same place there. */
    boolean isSamePlaceAs(final FieldPlace other) {
        return field.id() == other.field.id()
                && field.type().equals(other.field.type())
                && group == other.group
                && offset == other.offset
                && stride == other.stride
                && presenceOffset == other.presenceOffset
                && presenceBit == other.presenceBit;
    }

    /** Whether the values lie back to back, as they do in columns; in rows an optional field's never do. */
    public boolean isColumn() {
        return stride == bytes;
    }

    /** Whether the field may be null. */
    public boolean isOptional() {
        return presenceOffset >= 0;
    }
}
