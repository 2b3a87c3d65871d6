package io.taktdb.bench.table;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.accessor.ChunkAccessors;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.table.Table;
import io.taktdb.core.version.KernelPages;
import java.util.function.Consumer;

/**
 * Runs code over all chunks of a table, as a system of the tick loop does on one thread. The table has one group.
 *
 * <p>Threading: one thread.
 *
 * @param <C> the chunk interface
 */
public final class TableKernel<C extends Chunk> {
    private final Table table;
    private final ChunkAccessors<C> accessors;
    private final C chunk;
    private final long[] page = new long[1];
    private final long[] marks;

    /** @param type the chunk interface; its setters say which columns are written */
    public TableKernel(final Table table, final Class<C> type) {
        this.table = table;
        accessors = ChunkAccessors.of(type, table.layout());
        chunk = accessors.create();
        marks = table.kernel(0).marksFor(new int[0]);
        for (final int field : accessors.writtenFields()) {
            final long[] more = table.kernel(0).marksFor(table.layout().rangesOf(field));
            for (int word = 0; word < more.length; word++) {
                marks[word] |= more[word];
            }
        }
    }

    /** Changes columns of all chunks, in the running version. */
    public void run(final Consumer<C> body) {
        final KernelPages pages = table.kernel(0);
        final int chunks = chunks();
        pages.plan(chunks);
        for (int number = 0; number < chunks; number++) {
            page[0] = pages.open(number, marks);
            body.accept(wrap(number));
        }
        pages.keep();
    }

    /** Reads all chunks. */
    public void read(final Consumer<C> body) {
        final int chunks = chunks();
        for (int number = 0; number < chunks; number++) {
            page[0] = table.group(0).address(number);
            body.accept(wrap(number));
        }
    }

    private int chunks() {
        return (int) ((table.rowCount() + table.layout().rowsPerChunk() - 1)
                >>> table.layout().chunkShift());
    }

    private C wrap(final int number) {
        final TableLayout layout = table.layout();
        final long first = (long) number << layout.chunkShift();
        accessors.wrap(chunk, page, (int) Math.min(layout.rowsPerChunk(), table.rowCount() - first), first);
        return chunk;
    }
}
