package io.taktdb.runtime.change;

import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import org.agrona.ExpandableArrayBuffer;

/** A row with one text field, id 1. */
record CommandRow(String text) {
    RowCursor cursor() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter writer = new RowWriter();
        writer.wrap(buffer, 0);
        writer.field(1).putString(text);
        return new RowCursor().wrap(buffer, 0, writer.finish());
    }
}
