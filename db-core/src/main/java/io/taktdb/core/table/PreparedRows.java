package io.taktdb.core.table;

import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.version.UnseenPages;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.TableSchema;
import java.util.Arrays;

/**
 * The rows of a table on their way into another layout, over many ticks, while the table is written as ever.
 *
 * <p>Each chunk of the new layout knows the version in which it was copied. It is stale when a page that its rows came
 * from was written since, or other rows belong to it; then it is copied again. Pages that no version has shown are
 * written in place, so a second copy costs no twin. The last stale chunks are copied by {@link #finish}, in the
 * transaction that swaps the layouts. Threading: tick thread, between transactions; finish within one.
 */
final class PreparedRows {
    /** After so many walks over all chunks the rest is copied by {@link #finish}, however much it is. */
    static final int MAX_WALKS = 10;

    private final Table table;
    private final RowStore from;
    private final RowStore to;
    private final TableMove move;
    private long[] copiedIn = new long[64];
    private int[] copiedRows = new int[64];
    private int at;
    private int walks;
    private long copies;
    private boolean taken;

    private PreparedRows(final Table table, final TableLayout layout) {
        this.table = table;
        this.from = table.rows();
        this.to = RowStore.sharing(from, layout, table.epochs(), table.dirty());
        this.move = new TableMove(table, from, to, new Defaults(layout.schema()));
    }

    /** A beginning; null when no row moves, or some values need memory of their own before they show. */
    static PreparedRows of(final Table table, final TableSchema wanted) {
        final TableLayout now = table.layout();
        if (TableLayout.ofChunkRows(wanted, now.rowsPerChunk()).hasPlacesOf(now)) {
            return null;
        }
        for (final Field field : now.schema().fields()) {
            final Field after = wanted.fieldById(field.id());
            if (field.type().isVariable() && (after == null || !after.type().equals(field.type()))) {
                return null;
            }
        }
        final Defaults defaults = new Defaults(wanted);
        for (int i = 0; i < wanted.fields().size(); i++) {
            final Field field = wanted.fields().get(i);
            final Field before = now.schema().fieldById(field.id());
            if (field.type().isVariable()
                    && (before == null
                            ? defaults.of(i) != null
                                    && !HeapReference.isInline(defaults.of(i).length())
                            : !before.type().equals(field.type()))) {
                return null;
            }
        }
        return new PreparedRows(table, TableLayout.of(wanted, table.rowCount()));
    }

    /** Whether the table still has the rows that this began with, and the layout is the one that it would get. */
    boolean fits(final TableSchema wanted) {
        return table.rows() == from
                && to.layout().schema().equals(wanted)
                && TableLayout.of(wanted, table.rowCount()).rowsPerChunk()
                        == to.layout().rowsPerChunk();
    }

    private int chunks() {
        final long rows = table.rowCount();
        final int chunkRows = to.layout().rowsPerChunk();
        return from.layout().rowsPerChunk() == chunkRows
                ? from.chunks()
                : (int) Math.max(1, (rows + chunkRows - 1) / chunkRows);
    }

    private int rowsOf(final int chunk) {
        final int chunkRows = to.layout().rowsPerChunk();
        return (int) Math.max(0, Math.min(chunkRows, table.rowCount() - (long) chunk * chunkRows));
    }

    /**
     * Copies stale chunks until a time, one at the least.
     *
     * @return whether all chunks were fresh at the end, or it was tried often enough
     */
    boolean advance(final long untilNs) {
        int fresh = 0;
        while (fresh <= chunks()) {
            if (at >= chunks()) {
                at = 0;
                walks++;
                if (walks >= MAX_WALKS) {
                    return true;
                }
            }
            if (isStale(at)) {
                copy(at);
                fresh = 0;
                if (System.nanoTime() - untilNs >= 0) {
                    at++;
                    return false;
                }
            } else {
                fresh++;
            }
            at++;
        }
        return true;
    }

    private boolean isStale(final int chunk) {
        if (chunk >= made() || copiedIn[chunk] == 0 || copiedRows[chunk] != rowsOf(chunk)) {
            return true;
        }
        final int rows = copiedRows[chunk];
        final long first = (long) chunk * to.layout().rowsPerChunk();
        final int shift = from.layout().chunkShift();
        for (int group = 0; rows > 0 && group < from.layout().groups().size(); group++) {
            for (int page = (int) (first >>> shift); page <= first + rows - 1 >>> shift; page++) {
                if (!to.shares(group, from) && UnseenPages.isWrittenSince(from.group(group), page, copiedIn[chunk])) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Chunks that there are in the groups that are not shared; all of them are made together. */
    private int made() {
        for (int group = 0; group < to.layout().groups().size(); group++) {
            if (!to.shares(group, from)) {
                return to.group(group).count();
            }
        }
        return 0;
    }

    private void copy(final int chunk) {
        if (chunk >= copiedIn.length) {
            copiedIn = Arrays.copyOf(copiedIn, chunk * 2);
            copiedRows = Arrays.copyOf(copiedRows, chunk * 2);
        }
        while (made() <= chunk) {
            move.appendChunk();
        }
        for (int group = 0; group < to.layout().groups().size(); group++) {
            if (!to.shares(group, from)) {
                UnseenPages.blank(to.group(group), chunk);
            }
        }
        move.moveChunk((long) chunk * to.layout().rowsPerChunk(), rowsOf(chunk));
        copiedIn[chunk] = table.epochs().building();
        copiedRows[chunk] = rowsOf(chunk);
        copies++;
    }

    /** Copies what is stale, and answers the rows in the new layout; taken back with the transaction. */
    RowStore finish() {
        final int chunks = chunks();
        for (int chunk = 0; chunk < chunks; chunk++) {
            if (isStale(chunk)) {
                copy(chunk);
            }
        }
        for (int group = 0; group < to.layout().groups().size(); group++) {
            for (int chunk = 0; chunk < chunks && !to.shares(group, from); chunk++) {
                UnseenPages.renew(to.group(group), chunk);
            }
            while (!to.shares(group, from) && to.group(group).count() > chunks) {
                to.group(group).dropLast();
            }
        }
        return to;
    }

    /** Chunks of the first walk that are copied, at least once. */
    int done() {
        return Math.min(made(), chunks());
    }

    /** Chunks to be copied. */
    int all() {
        return chunks();
    }

    /** How many chunks were copied, those that were copied again included. */
    long copies() {
        return copies;
    }

    /** Says whether the table has the rows now. */
    void taken(final boolean value) {
        taken = value;
    }

    /** Whether the table has taken the rows. */
    boolean isTaken() {
        return taken;
    }

    /** Ends the pages when the running version is published. */
    void end() {
        to.dropAllBut(from);
    }
}
