package io.taktdb.core.state;

import io.taktdb.core.table.ContentHash;
import io.taktdb.core.table.TableView;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * A 64-bit number for the content of a state: equal states have equal ones, on every machine and after every restart.
 *
 * <p>Content is the records: table names, ids, and the bytes of all values by field id. It does not depend on where
 * pages lie, on layouts, on the order of rows, or on ids that are dead; nor on names of fields, tick or commit.
 *
 * <pre>
 *   table = end of: rows ({@link ContentHash}), mixed with the row count, the length of the name in UTF-8, its bytes
 *   state = end of: 0, mixed with each table in the order of names
 * </pre>
 *
 * Threading: under the lease of the state, or on the tick thread.
 */
public final class StateHash {
    private StateHash() {}

    /** The hash of a state. */
    public static long of(final State state) {
        return of(state.tables());
    }

    /** The hash of the given tables, in whatever order. */
    public static long of(final List<? extends TableView> tables) {
        final List<? extends TableView> sorted = tables.stream()
                .sorted(Comparator.comparing((TableView table) -> table.schema().name()))
                .toList();
        long hash = 0;
        for (final TableView table : sorted) {
            hash = ContentHash.mix(hash, ofTable(table));
        }
        return ContentHash.end(hash);
    }

    /** The hash of one table, so that a difference can be named. */
    public static long ofTable(final TableView table) {
        final byte[] name = table.schema().name().getBytes(StandardCharsets.UTF_8);
        long hash = ContentHash.mix(ContentHash.ofRows(table), table.rowCount());
        hash = ContentHash.mix(hash, name.length);
        for (final byte letter : name) {
            hash = ContentHash.mix(hash, letter);
        }
        return ContentHash.end(hash);
    }
}
