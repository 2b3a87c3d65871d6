package io.taktdb.persistence.world;

import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableView;
import java.util.ArrayList;
import java.util.List;

/** All rows of a table as texts, in the order in which they lie. */
public final class RowText {
    private RowText() {}

    public static List<String> of(final TableView table) {
        final List<String> rows = new ArrayList<>();
        final RowReader reader = table.reader();
        for (long row = 0; reader.seekRow(row); row++) {
            final StringBuilder text = new StringBuilder(Long.toUnsignedString(reader.id()));
            for (int field = 0; field < table.schema().fields().size(); field++) {
                final byte[] bytes = new byte[reader.length(field)];
                reader.buffer(field).getBytes(0, bytes);
                text.append(' ')
                        .append(table.schema().fields().get(field).name())
                        .append('=')
                        .append(
                                reader.isNull(field)
                                        ? "null"
                                        : java.util.HexFormat.of().formatHex(bytes));
            }
            rows.add(text.toString());
        }
        return rows;
    }
}
