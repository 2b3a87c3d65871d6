package io.taktdb.api.query;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.taktdb.api.json.RecordWriter;
import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowQuery;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;

/** One page of a table's records, written as an array. Threading: one thread, under the table's lease. */
public final class RecordPage {
    /** The most bytes of one page; rows may be large. */
    static final int MAX_BYTES = 64 << 20;

    private final TableState table;
    private final RecordQuery query;
    private long lastId;
    private boolean hasMore;

    public RecordPage(final TableState table, final RecordQuery query) {
        this.table = table;
        this.query = query;
    }

    /**
     * Writes the page.
     *
     * @param target what the generator writes to, to hold its size within bounds
     */
    public void write(final JsonGenerator json, final ByteBuf target) throws IOException {
        json.writeStartArray();
        if (query.isPlain()) {
            writePlain(json, target);
        } else {
            writeFound(json, target);
        }
        json.writeEndArray();
    }

    private void writePlain(final JsonGenerator json, final ByteBuf target) throws IOException {
        final RecordWriter records = new RecordWriter(table.schema(), query.style());
        final RowReader reader = table.reader();
        final IdWalk walk = table.walk();
        if (begin(walk)) {
            int left = query.limit();
            boolean found = walk.next();
            while (found && left-- > 0) {
                lastId = walk.id();
                reader.seekRow(walk.row());
                records.write(json, reader, query.fields());
                checkSize(target.readableBytes());
                found = walk.next();
            }
            hasMore = found;
        }
    }

    private void writeFound(final JsonGenerator json, final ByteBuf target) throws IOException {
        final RecordWriter records = new RecordWriter(table.schema(), query.style());
        final long last = query.offset() + query.limit();
        final RowQuery rows = query.rows(table).atMost(last < 0 ? Long.MAX_VALUE : last + 1);
        long passed = 0;
        boolean found = rows.next();
        while (found && passed < query.offset()) {
            passed++;
            found = rows.next();
        }
        int left = query.limit();
        while (found && left-- > 0) {
            lastId = rows.row().id();
            records.write(json, rows.row(), query.fields());
            checkSize(target.readableBytes());
            found = rows.next();
        }
        hasMore = found;
    }

    /** Goes to the first record. Returns false when there can be none. */
    private boolean begin(final IdWalk walk) {
        if (query.after() != null) {
            walk.from(query.after() + 1);
            return query.after() != -1L;
        }
        return query.offset() == 0 || walk.skip(query.offset()) == query.offset();
    }

    private void checkSize(final int bytes) {
        if (bytes > MAX_BYTES) {
            throw new DbException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "page is too large: table=" + table.schema().name() + ", limit=" + MAX_BYTES
                            + " bytes; ask for fewer records or fields");
        }
    }

    /** Whether records follow after this page. */
    public boolean hasMore() {
        return hasMore;
    }

    /** Id of the page's last record. */
    public long lastId() {
        return lastId;
    }
}
