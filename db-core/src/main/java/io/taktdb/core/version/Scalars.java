package io.taktdb.core.version;

/**
 * A few counters of one table (row count, next id, heads of free lists) that are undone and published with its pages.
 *
 * <p>Threading: tick thread; {@link #published()} gives an immutable copy for readers.
 */
public final class Scalars {
    private final long[] values;
    private final Epochs epochs;
    private int undoNumber;
    private long[] published;

    public Scalars(final Epochs epochs, final int count) {
        this.epochs = epochs;
        this.values = new long[count];
    }

    public long get(final int index) {
        return values[index];
    }

    /** Sets a counter, undoably. */
    public void set(final int index, final long value) {
        epochs.undo().saveScalar(this, index, values[index]);
        values[index] = value;
        published = null;
    }

    /** Sets all counters, without undo, to those of a stored table. */
    public void load(final long[] stored) {
        System.arraycopy(stored, 0, values, 0, values.length);
        published = null;
    }

    void restore(final int index, final long value) {
        values[index] = value;
        published = null;
    }

    int undoNumber(final UndoLog undo) {
        if (!undo.isOwn(undoNumber, this)) {
            undoNumber = undo.own(this);
        }
        return undoNumber;
    }

    /** The values as they are now, for a state; the same array while nothing changes. */
    public long[] published() {
        if (published == null) {
            published = values.clone();
        }
        return published;
    }
}
