package io.taktdb.core.version;

import io.taktdb.core.memory.Guard;
import io.taktdb.core.memory.Memory;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
 *        8  where the bytes belong, as their {@link Saved owner} knows; or index of a scalar
 *        4  number of the owner, scalars or action
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

    /** A word of the log. */
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Whose bytes are saved here. */
    interface Saved {
        /** Puts bytes back where they were. */
        void restore(long where, byte[] bytes, int at, int length);
    }

    /** Something that can take back a change from one number alone. */
    public interface Target {
        /** Takes the change back. */
        void undo(long where);
    }

    private byte[] bytes = new byte[64 << 10];
    private int size;
    private long rollbacks;
    private long stretch = 1;
    private final List<Object> owners = new ArrayList<>();

    /** Where the log stands; give it to {@link #rollback} to take back all that follows. */
    public int mark() {
        stretch++;
        return size;
    }

    /**
     * The number of this stretch of the log. A stretch ends where a mark is taken, something is taken back, or a
     * transaction ends: what was saved once in a stretch need not be saved again in it.
     */
    long stretch() {
        return stretch;
    }

    /** Saves bytes of a page before they are overwritten. */
    void saveBytes(final PageStore store, final int page, final long pageAddress, final int offset, final int length) {
        final int at = save(store.undoNumber(this), (long) page << 32 | offset, length);
        Memory.copy(pageAddress + offset, bytes, at, length);
    }

    /**
     * Makes room for saved bytes, to be filled in at once.
     *
     * @param owner who puts them back, by {@link #own}
     * @return where they go in {@link #bytes}
     */
    int save(final int owner, final long where, final int length) {
        ensure(length);
        final int at = size;
        trailer(at + length, where, owner, length);
        return at;
    }

    /** The log itself; another array after each {@link #save}. */
    byte[] bytes() {
        return bytes;
    }

    /** Saves a counter before it changes. */
    void saveScalar(final Scalars scalars, final int index, final long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, size, value);
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
     * @return the {@link #stretch} that has it
     */
    public long saveTarget(final int number, final long where) {
        ensure(0);
        trailer(size, where, number, TARGET);
        return stretch;
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
        stretch++;
        while (size > mark) {
            final long trailer = (long) LONG.get(bytes, size - Long.BYTES);
            final int length = (int) (trailer >> 32);
            final int owner = (int) trailer;
            final long where = (long) LONG.get(bytes, size - TRAILER_BYTES);
            size -= TRAILER_BYTES;
            if (length == ACTION) {
                ((Runnable) owners.get(owner)).run();
            } else if (length == TARGET) {
                ((Target) owners.get(owner)).undo(where);
            } else if (length == SCALAR) {
                size -= Long.BYTES;
                ((Scalars) owners.get(owner)).restore((int) where, (long) LONG.get(bytes, size));
            } else {
                size -= length;
                ((Saved) owners.get(owner)).restore(where, bytes, size, length);
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
        stretch++;
        owners.clear();
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[KEPT_BYTES];
        }
    }

    private void trailer(final int at, final long where, final int owner, final int length) {
        LONG.set(bytes, at, where);
        LONG.set(bytes, at + Long.BYTES, (long) length << 32 | owner);
        size = at + TRAILER_BYTES;
    }

    private void ensure(final int length) {
        Guard.beforeWrite();
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
        }
    }
}
