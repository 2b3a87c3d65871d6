package io.taktdb.core.version;

import io.taktdb.core.memory.Memory;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the running transaction overwrote, newest last, so that it can be taken back whole.
 *
 * <p>Everything that a table consists of lies in versioned pages and scalars, so bytes and counters are all there is to
 * undo; the rare changes of structure (a page made, a table dropped) are actions.
 *
 * <pre>
 *   entry: saved bytes, then a trailer (walked backwards)
 *     SIZE  DESCRIPTION
 *        n  bytes as they were (nothing for an action)
 *        8  where: address offset within the page store: page &lt;&lt; 32 | offset; or index of a scalar
 *        4  number of the store, scalars or action
 *        4  length n; -1: scalar (8 bytes saved); -2: action; -3: what a {@link Target} knows how to undo
 * </pre>
 *
 * Threading: tick thread.
 */
public final class UndoLog {
    /** The most bytes that one transaction may overwrite; actions, which follow what they undo, may exceed it. */
    public static final int MAX_BYTES = 256 << 20;

    private static final int TRAILER_BYTES = 16;
    private static final int SCALAR = -1;
    private static final int ACTION = -2;
    private static final int TARGET = -3;
    private static final int KEPT_BYTES = 1 << 20;

    /** Something that can take back a change from one number alone. */
    public interface Target {
        /** Takes the change back. */
        void undo(long where);
    }

    private byte[] bytes = new byte[64 << 10];
    private final UnsafeBuffer view = new UnsafeBuffer(bytes);
    private int size;
    private long rollbacks;
    private final List<Object> owners = new ArrayList<>();

    /** Where the log stands; give it to {@link #rollback} to take back all that follows. */
    public int mark() {
        return size;
    }

    /** Saves bytes of a page before they are overwritten. */
    void saveBytes(final PageStore store, final int page, final long pageAddress, final int offset, final int length) {
        ensure(length);
        Memory.copy(pageAddress + offset, bytes, size, length);
        trailer(size + length, (long) page << 32 | offset, store.undoNumber(this), length);
    }

    /** Saves a counter before it changes. */
    void saveScalar(final Scalars scalars, final int index, final long value) {
        ensure(Long.BYTES);
        view.putLong(size, value, ByteOrder.LITTLE_ENDIAN);
        trailer(size + Long.BYTES, index, scalars.undoNumber(this), SCALAR);
    }

    /** Saves how to take back a change of structure. */
    public void saveAction(final Runnable undo) {
        ensureCapacity(size + TRAILER_BYTES);
        trailer(size, 0, own(undo), ACTION);
    }

    /**
     * Saves that {@code target} can take back a change by itself.
     *
     * @param number of the target, by {@link #own}
     */
    public void saveTarget(final int number, final long where) {
        ensure(0);
        trailer(size, where, number, TARGET);
    }

    /** Gives an owner its number for this transaction. */
    public int own(final Object owner) {
        owners.add(owner);
        return owners.size() - 1;
    }

    /** Whether {@code number} still belongs to {@code owner} in this transaction. */
    public boolean isOwn(final int number, final Object owner) {
        return number < owners.size() && owners.get(number) == owner;
    }

    /** Takes back, newest first, everything since the mark. */
    public void rollback(final int mark) {
        rollbacks++;
        while (size > mark) {
            final int length = view.getInt(size - 4, ByteOrder.LITTLE_ENDIAN);
            final int owner = view.getInt(size - 8, ByteOrder.LITTLE_ENDIAN);
            final long where = view.getLong(size - 16, ByteOrder.LITTLE_ENDIAN);
            size -= TRAILER_BYTES;
            if (length == ACTION) {
                ((Runnable) owners.get(owner)).run();
            } else if (length == TARGET) {
                ((Target) owners.get(owner)).undo(where);
            } else if (length == SCALAR) {
                size -= Long.BYTES;
                ((Scalars) owners.get(owner)).restore((int) where, view.getLong(size, ByteOrder.LITTLE_ENDIAN));
            } else {
                size -= length;
                ((PageStore) owners.get(owner)).restore((int) (where >>> 32), (int) where, bytes, size, length);
            }
        }
        if (size == 0) {
            clear();
        }
    }

    /** How often something was taken back. */
    public long rollbacks() {
        return rollbacks;
    }

    /** Forgets everything: the transaction stands. */
    public void clear() {
        size = 0;
        owners.clear();
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[KEPT_BYTES];
            view.wrap(bytes);
        }
    }

    private void trailer(final int at, final long where, final int owner, final int length) {
        view.putLong(at, where, ByteOrder.LITTLE_ENDIAN);
        view.putInt(at + 8, owner, ByteOrder.LITTLE_ENDIAN);
        view.putInt(at + 12, length, ByteOrder.LITTLE_ENDIAN);
        size = at + TRAILER_BYTES;
    }

    private void ensure(final int length) {
        final long wanted = (long) size + length + TRAILER_BYTES;
        if (wanted > MAX_BYTES) {
            throw new DbException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "transaction changes too much: undo=" + wanted + ", limit=" + MAX_BYTES
                            + " bytes; split it into smaller ones");
        }
        ensureCapacity((int) wanted);
    }

    private void ensureCapacity(final int wanted) {
        if (wanted > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, Math.min(MAX_BYTES, bytes.length * 2L)));
            view.wrap(bytes);
        }
    }
}
