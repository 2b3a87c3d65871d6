package io.taktdb.core.table;

import io.taktdb.core.index.KeyCursor;
import io.taktdb.core.index.KeyEncoder;
import io.taktdb.types.schema.IndexSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checks that every index of a table has exactly the keys of its rows, in order. Threading: none of its own. */
public final class IndexAudit {
    private IndexAudit() {}

    /** Throws an AssertionError that names the first violation. */
    public static void check(final TableView table) {
        for (int i = 0; i < table.schema().indexes().size(); i++) {
            check(table, i);
        }
    }

    private static void check(final TableView table, final int position) {
        final IndexSchema index = table.schema().indexes().get(position);
        final List<byte[]> keys = keysOf(table, index);
        final KeyCursor cursor = new KeyCursor().wrap(table.index(position));
        boolean found = cursor.seek(new byte[0], 0);
        for (final byte[] key : keys) {
            require(found, index, "keys are missing: wanted=" + keys.size());
            require(cursor.compareTo(key, key.length) == 0, index, "another key: wanted=" + Arrays.toString(key));
            found = cursor.next();
        }
        require(!found, index, "more keys than rows: rows=" + keys.size());
        final byte[] last = new byte[1024];
        Arrays.fill(last, (byte) 0xFF);
        found = cursor.seekBelow(last, last.length);
        for (int i = keys.size() - 1; i >= 0; i--) {
            require(
                    found && cursor.compareTo(keys.get(i), keys.get(i).length) == 0,
                    index,
                    "backwards differs at " + i);
            found = cursor.previous();
        }
        require(!found, index, "more keys backwards");
    }

    private static List<byte[]> keysOf(final TableView table, final IndexSchema index) {
        final IndexKeys keys = new IndexKeys(table.schema(), index);
        final List<byte[]> list = new ArrayList<>();
        final RowReader reader = table.reader();
        for (long row = 0; reader.seekRow(row); row++) {
            final KeyEncoder key = keys.of(reader);
            key.addId(reader.id());
            list.add(Arrays.copyOf(key.bytes(), key.length()));
        }
        list.sort(Arrays::compareUnsigned);
        return list;
    }

    private static void require(final boolean holds, final IndexSchema index, final String what) {
        if (!holds) {
            throw new AssertionError("index=" + index + ": " + what);
        }
    }
}
