package io.taktdb.runtime.command;

import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.types.schema.Field;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueForm;
import io.taktdb.types.value.ValueKind;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Writes records, as a command left them, into the command's answer. Threading: tick thread. */
final class ReplyWriter {
    private final RowWriter row = new RowWriter();

    /** Appends {@code id, row} of a record. */
    void append(final Submission submission, final Table table, final RowReader reader) {
        final ExpandableArrayBuffer buffer = submission.replyBuffer();
        final int start = submission.replyLength();
        buffer.putLong(start, reader.id(), ByteOrder.LITTLE_ENDIAN);
        row.wrap(buffer, start + Long.BYTES);
        final List<Field> fields = table.schema().fields();
        for (int i = 0; i < fields.size(); i++) {
            appendField(buffer, fields.get(i), i, reader);
        }
        submission.replyLength(row.finish());
    }

    private void appendField(
            final ExpandableArrayBuffer buffer, final Field field, final int position, final RowReader reader) {
        row.field(field.id());
        if (reader.isNull(position)) {
            row.putNull();
            return;
        }
        final byte kind = ValueKind.of(field.type());
        final DirectBuffer value = reader.buffer(position);
        final int length = reader.length(position);
        int at = row.position();
        if (ValueKind.isScalar(kind)) {
            buffer.putByte(at++, kind);
        } else {
            at = ValueForm.putHead(buffer, at, kind, length);
        }
        buffer.putBytes(at, value, 0, length);
        row.position(at + length);
    }

    /** Appends an id alone. */
    static void appendId(final Submission submission, final long id) {
        submission.replyBuffer().putLong(submission.replyLength(), id, ByteOrder.LITTLE_ENDIAN);
        submission.replyLength(submission.replyLength() + Long.BYTES);
    }
}
