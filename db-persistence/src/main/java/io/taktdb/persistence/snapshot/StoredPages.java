package io.taktdb.persistence.snapshot;

import io.taktdb.types.error.DbException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The tables, sets and pages of a {@link PageFile} in their order: knows what may follow what, and spreads runs.
 *
 * <pre>{@code
 * sets = pages.table(id);
 * for (set = 0; set < sets; set++) {
 *     pages.set(set);
 *     for (page = 0; page < pages.count(); page++) { pages.nextPage(); }
 * }
 * ...
 * pages.end();
 * }</pre>
 *
 * Threading: one thread.
 */
final class StoredPages {
    private static final byte[] EMPTY = new byte[0];

    private final PageFileReader reader;
    private final KeptPages kept;
    private byte[] body = EMPTY;
    private String setName = "";
    private int pageBytes;
    private int count;
    private int nextPage;
    private int runKind;
    private int runLeft;
    private long keptFile;
    private long keptOffset;
    private boolean isKept;

    /** @param kept pages that are in other files */
    StoredPages(final PageFileReader reader, final KeptPages kept) {
        this.kept = kept;
        this.reader = reader;
    }

    /**
     * Goes on to a table.
     *
     * @return how many sets follow
     */
    int table(final int id) throws IOException {
        head(PageFile.TABLE, id, "table " + id);
        return reader.smallBody(Integer.BYTES).getInt();
    }

    /** Goes on to a set of the table. */
    void set(final int position) throws IOException {
        head(PageFile.SET, position, "page set");
        final ByteBuffer head = reader.smallBody(PageFile.SET_NAME);
        pageBytes = head.getInt();
        count = head.getInt();
        setName = StandardCharsets.UTF_8.decode(head).toString();
        if (pageBytes < 0 || count < 0) {
            throw reader.damaged("set of pages has a negative size");
        }
        nextPage = 0;
        runLeft = 0;
    }

    /** What the current set holds, as {@code PageSet} names it. */
    String setName() {
        return setName;
    }

    /** Bytes of a page of the current set, 0 if they differ. */
    int pageBytes() {
        return pageBytes;
    }

    /** How many page numbers the current set has. */
    int count() {
        return count;
    }

    /** The number that {@link #nextPage} goes to. */
    int nextNumber() {
        return nextPage;
    }

    /** Goes on to the next page of the set: its body must be read or skipped if the answer is {@link PageFile#PAGE}. */
    int nextPage() throws IOException {
        if (runLeft > 0) {
            runLeft--;
            nextPage++;
            return runKind == PageFile.KEPT ? keptPage() : runKind;
        }
        isKept = false;
        final int kind = reader.next();
        if (kind < PageFile.PAGE || kind == PageFile.END || reader.number() != nextPage) {
            throw reader.damaged("page " + nextPage + " of set " + setName + " is not where it should be");
        }
        nextPage++;
        if (kind == PageFile.PAGE) {
            if (reader.length() == 0 || pageBytes > 0 && reader.length() != pageBytes) {
                throw reader.damaged("page has the wrong size");
            }
            return kind;
        }
        runKind = kind;
        final ByteBuffer run = reader.smallBody(kind == PageFile.KEPT ? PageFile.KEPT_BYTES : Integer.BYTES);
        runLeft = run.getInt() - 1;
        if (runLeft < 0 || runLeft > count - nextPage) {
            throw reader.damaged("run of pages is longer than its set");
        }
        if (kind == PageFile.KEPT) {
            keptFile = run.getLong();
            keptOffset = run.getLong();
            return keptPage();
        }
        return kind;
    }

    private int keptPage() throws IOException {
        isKept = true;
        body = kept.page(keptFile, keptOffset, nextPage - 1);
        if (pageBytes > 0 && body.length != pageBytes) {
            throw reader.damaged("kept page has the wrong size");
        }
        keptOffset += PageFile.RECORD_HEAD_BYTES + body.length;
        return PageFile.PAGE;
    }

    /** The body of the page, exactly as long as it is; the same array again when the next page is as long. */
    byte[] body() throws IOException {
        if (isKept) {
            return body;
        }
        if (body.length != reader.length()) {
            body = new byte[reader.length()];
        }
        reader.body(body);
        return body;
    }

    /** Checks the body of the page. */
    void skipBody() throws IOException {
        if (!isKept) {
            reader.skipBody();
        }
    }

    /** Goes on to the end of the file, and makes sure that it is the end. */
    void end() throws IOException {
        head(PageFile.END, 0, "end");
        final long stands = reader.smallBody(Long.BYTES).getLong();
        if (stands != reader.recordStart() || !reader.isAtEnd()) {
            throw reader.damaged("file does not end where it should");
        }
        body = EMPTY;
    }

    /** The error for where the reader stands. */
    DbException damaged(final String fact) {
        return reader.damaged(fact);
    }

    private void head(final int kind, final int number, final String what) throws IOException {
        if (reader.next() != kind || reader.number() != number) {
            throw reader.damaged(what + " is not where it should be");
        }
    }
}
