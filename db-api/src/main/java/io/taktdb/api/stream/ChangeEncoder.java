package io.taktdb.api.stream;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.core.table.RowReader;
import io.taktdb.types.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Makes one event of what a tick changed.
 *
 * <pre>
 *   {"tick":7,"commit":9,"inserted":[{row}],"updated":[{"id":1,"hp":3}],"deleted":[5]}
 * </pre>
 *
 * A row that comes to match the selection counts as inserted, one that ceases to match as deleted. Threading: one
 * thread.
 */
final class ChangeEncoder {
    private final long maxBytes;
    private final Part inserted = new Part();
    private final Part updated = new Part();
    private final Part deleted = new Part();
    private boolean isTooLarge;

    /**
     * @param maxBytes the most bytes of one event
     */
    ChangeEncoder(final long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** One of the three lists. */
    private static final class Part {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private JsonGenerator json;
        private int count;

        JsonGenerator next() throws IOException {
            if (json == null) {
                json = StrictJson.generator(bytes);
                json.writeStartArray();
            }
            count++;
            return json;
        }

        long size() {
            return bytes.size();
        }

        byte[] finish() throws IOException {
            next().writeEndArray();
            json.close();
            final byte[] all = bytes.toByteArray();
            reset();
            return all;
        }

        void reset() {
            bytes.reset();
            json = null;
            count = 0;
        }
    }

    /** Forgets everything. */
    void reset() {
        inserted.reset();
        updated.reset();
        deleted.reset();
        isTooLarge = false;
    }

    void inserted(final RowSelection selection, final RowReader row) {
        if (selection.matches(row)) {
            add(inserted, json -> selection.write(json, row));
        }
    }

    void deleted(final RowSelection selection, final long id, final RowReader before) {
        if (selection.matches(before)) {
            add(deleted, json -> selection.writeId(json, id));
        }
    }

    void updated(final RowSelection selection, final RowReader before, final RowReader row, final BitSet fields) {
        final boolean did = selection.matches(before);
        final boolean does = selection.matches(row);
        if (did && does) {
            if (selection.selectsAny(fields)) {
                add(updated, json -> selection.writeChanged(json, row, fields));
            }
        } else if (does) {
            add(inserted, json -> selection.write(json, row));
        } else if (did) {
            add(deleted, json -> selection.writeId(json, row.id()));
        }
    }

    private void add(final Part part, final StreamFrame.Content content) {
        if (isTooLarge) {
            return;
        }
        try {
            content.write(part.next());
            isTooLarge = inserted.size() + updated.size() + deleted.size() > maxBytes;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the event is larger than it may be. */
    boolean isTooLarge() {
        return isTooLarge;
    }

    /** The event, or null when nothing that is selected changed. Begins anew. */
    StreamFrame finish(final long tick, final long commit) {
        if (inserted.count + updated.count + deleted.count == 0 || isTooLarge) {
            reset();
            return null;
        }
        try {
            final ByteArrayOutputStream all = new ByteArrayOutputStream();
            put(all, "{\"tick\":" + tick + ",\"commit\":" + commit + ",\"inserted\":");
            all.write(inserted.finish());
            put(all, ",\"updated\":");
            all.write(updated.finish());
            put(all, ",\"deleted\":");
            all.write(deleted.finish());
            put(all, "}");
            return StreamFrame.of("change", tick, all.toByteArray());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(final ByteArrayOutputStream out, final String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
