package io.taktdb.api.json;

import io.taktdb.core.table.RecordHash;
import io.taktdb.core.table.RowReader;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.ValueCursor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** The {@code ETag} of a record: its hash in quotes, 16 hexadecimal digits. Threading: none of its own. */
public final class RecordTag {
    private RecordTag() {}

    /** Of the record that a reader stands on. */
    public static String of(final RowReader reader, final TableSchema table) {
        return text(RecordHash.of(reader, table.fields()));
    }

    /** Of the first record of a command's reply. */
    public static String of(final DirectBuffer reply, final int limit) {
        final RecordHash hash = new RecordHash();
        final RowCursor row = new RowCursor();
        row.wrap(reply, Long.BYTES, limit);
        while (row.next()) {
            final ValueCursor value = row.value();
            if (!value.isNull()) {
                hash.add(row.fieldId(), value.buffer(), value.offset(), value.length());
            }
        }
        return text(hash.value());
    }

    private static String text(final long hash) {
        return String.format("\"%016x\"", hash);
    }

    /** The hashes that tags say; what is none of ours matches nothing and is left out. */
    public static List<Long> hashes(final List<String> tags) {
        final List<Long> hashes = new ArrayList<>();
        for (final String tag : tags) {
            if (tag.matches("\"[0-9a-f]{16}\"")) {
                hashes.add(Long.parseUnsignedLong(tag, 1, 17, 16));
            }
        }
        return hashes;
    }
}
