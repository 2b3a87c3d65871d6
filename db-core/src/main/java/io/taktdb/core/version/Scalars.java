package io.taktdb.core.version;

/**
 * A few counters of one table (row count, next id, heads of free lists) that are undone and published with its pages.
 *
 * <p>Threading: tick thread; {@link #published()} gives an immutable copy for readers.
 */
public final class Scalars {
    private final long[] values;
    private final long[] savedIn; // by counter: the stretch of the undo log that has it
    private final Epochs epochs;
    private final DirtyFlag dirty;
    private int undoNumber;
    private long[] published;

    /** @param dirty raised by every change */
    public Scalars(final Epochs epochs, final int count, final DirtyFlag dirty) {
        this.epochs = epochs;
        this.dirty = dirty;
        this.values = new long[count];
        this.savedIn = new long[count];
    }

    public long get(final int index) {
        return values[index];
    }

    /** Sets a counter, undoably. */
    public void set(final int index, final long value) {
        final UndoLog undo = epochs.undo();
        if (savedIn[index] != undo.stretch()) {
            undo.saveScalar(this, index, values[index]);
            savedIn[index] = undo.stretch();
        }
        values[index] = value;
        changed();
    }

    private void changed() {
        if (published != null) {
            published = null;
            dirty.raise();
        }
    }

    /** Sets all counters, without undo, to those of a stored table. */
    public void load(final long[] stored) {
        System.arraycopy(stored, 0, values, 0, values.length);
        changed();
    }

    void restore(final int index, final long value) {
        values[index] = value;
        changed();
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
