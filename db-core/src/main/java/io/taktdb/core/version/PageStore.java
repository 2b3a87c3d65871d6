package io.taktdb.core.version;

import io.taktdb.core.memory.FramePool;
import io.taktdb.core.memory.Guard;
import io.taktdb.core.memory.Memory;
import java.util.Arrays;

/**
 * The pages of one kind of one table, as the tick thread works on them: numbered from 0, of one size, versioned.
 *
 * <p>Every write goes through {@link #prepare}: it makes the page writable in the running version, saves the old bytes
 * for undo (or not, where the page's other half has them), and marks the lines. Readers use the {@link PageDirectory}
 * that {@link #publish} returned.
 *
 * <p>Invariants: {@code address(n)} is the half that the running version shows; the page is dirty exactly when its meta
 * line says that the current half shows from {@link Epochs#building()}. Threading: tick thread, KernelPages for
 * workers.
 */
public final class PageStore implements Pages, UndoLog.Saved, UndoLog.Target {
    private final Epochs epochs;
    private final int pageBytes;
    private final int granuleShift;
    private final int markWords;
    private final DirectoryWriter directory;
    private final Frames frames;
    private final FreeNumbers free = new FreeNumbers();
    private long[] metas = new long[0];
    private long[] turnedIn = new long[0]; // by page: the stretch of the undo log that takes it back whole
    private int count;
    private int taken;
    private int undoNumber;

    /**
     * @param name for errors and the guard, e.g. {@code mob.main}
     * @param pageBytes a multiple of 64
     */
    public PageStore(final Epochs epochs, final String name, final int pageBytes, final DirtyFlag dirty) {
        this.epochs = epochs;
        this.pageBytes = pageBytes;
        this.granuleShift = PageMeta.granuleShift(pageBytes);
        this.markWords = PageMeta.words(pageBytes);
        this.directory = new DirectoryWriter(epochs, dirty);
        this.frames = new Frames(epochs, epochs.pool(pageBytes), name);
    }

    public int pageBytes() {
        return pageBytes;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public long address(final int page) {
        return directory.address(page);
    }

    /** Whether there is a page of this number. */
    public boolean has(final int page) {
        return page < count && metas[page] != 0;
    }

    /** How many numbers have a page or a tombstone. */
    public int taken() {
        return taken;
    }

    /** Bytes of memory that the pages take, with twins. */
    public long bytes() {
        return frames.bytes();
    }

    /** Whether a page was written in the running version. */
    public boolean isDirty(final int page) {
        return Memory.getLong(metas[page] + PageMeta.CURRENT_FROM) == epochs.building();
    }

    /** Makes bytes of a page writable, undoably. Returns the address of the byte at {@code offset}. */
    public long prepare(final int page, final int offset, final int length) {
        final long address = writable(page);
        if (mustSave(page)) {
            epochs.undo().saveBytes(this, page, address, offset, length);
        }
        PageMeta.mark(metas[page], granuleShift, offset, length);
        return address + offset;
    }

    /** Whether bytes are saved before they are written: not where undo takes back the page as a whole. */
    public boolean mustSave(final int page) {
        return turnedIn[page] != epochs.undo().stretch();
    }

    /** Makes bytes writable whose old content means nothing, so that nothing is saved for undo. */
    public long prepareFresh(final int page, final int offset, final int length) {
        final long at = writable(page) + offset;
        PageMeta.mark(metas[page], granuleShift, offset, length);
        return at;
    }

    /** Makes a page writable in the running version; the caller saves and marks what it writes. */
    public long writable(final int page) {
        final long meta = metas[page];
        if (Memory.getLong(meta + PageMeta.CURRENT_FROM) != epochs.building()) {
            makeWritable(page, meta);
        }
        return directory.address(page);
    }

    private void makeWritable(final int page, final long meta) {
        final long current = directory.address(page);
        final long currentFrom = Memory.getLong(meta + PageMeta.CURRENT_FROM);
        final long otherFrom = Memory.getLong(meta + PageMeta.OTHER_FROM);
        if (otherFrom != PageMeta.NOTHING && epochs.slots().isHeld(otherFrom, currentFrom)) {
            final long fresh = frames.take();
            Memory.copy(current, Memory.getLong(fresh + FramePool.HALF_A), pageBytes);
            moveTo(page, fresh);
            return;
        }
        final long twin = PageMeta.twinOf(meta, current);
        catchUp(meta, current, twin);
        flip(page, meta, twin);
        turnedIn[page] = epochs.undo().saveTarget(undoNumber(epochs.undo()), page);
    }

    /** Takes back all that was written since a page was made writable: its other half still has it, and marks tell. */
    @Override
    public void undo(final long where) {
        final long meta = metas[(int) where];
        final long current = directory.address((int) where);
        PageMeta.moveMarked(meta, markWords, PageMeta.twinOf(meta, current), current, granuleShift, pageBytes);
    }

    /** Shows a page in another frame, which has its content already, and retires the old one. */
    void moveTo(final int page, final long fresh) {
        final long old = metas[page];
        directory.set(page, Memory.getLong(fresh + FramePool.HALF_A));
        metas[page] = fresh;
        frames.retire(old);
    }

    /** Shows the twin of a page, which has its content already. */
    void flip(final int page, final long meta, final long twin) {
        directory.set(page, twin);
        Memory.putLong(meta + PageMeta.OTHER_FROM, Memory.getLong(meta + PageMeta.CURRENT_FROM));
        Memory.putLong(meta + PageMeta.CURRENT_FROM, epochs.building());
    }

    /** Makes a twin equal to the current half and forgets the marks. */
    void catchUp(final long meta, final long current, final long twin) {
        if (Guard.ENABLED) {
            Guard.setWritable(twin, true, "writable in version " + epochs.building());
        }
        PageMeta.catchUp(meta, markWords, current, twin, granuleShift, pageBytes);
    }

    /** Adds a zeroed page at the end and answers its number. */
    public int append() {
        create(count);
        return count - 1;
    }

    /** Makes a zeroed page with a number that has none; numbers below that are skipped have no page. */
    public void create(final int page) {
        ensureCapacity(page);
        final int oldCount = count;
        final long meta = frames.takeZeroed();
        directory.set(page, Memory.getLong(meta + FramePool.HALF_A));
        metas[page] = meta;
        turnedIn[page] = epochs.undo().stretch();
        count = Math.max(count, page + 1);
        taken++;
        epochs.undo().saveAction(() -> {
            directory.set(page, 0);
            metas[page] = 0;
            count = oldCount;
            taken--;
            frames.giveBack(meta);
        });
    }

    /** Says, while a stored table is loaded, that a number is taken by a page that ended with this tombstone. */
    public void createDropped(final int page, final long tombstone) {
        ensureCapacity(page);
        directory.set(page, tombstone);
        count = Math.max(count, page + 1);
        if (tombstone == 0) {
            free.push(page);
        } else {
            taken++;
        }
    }

    /** Ends the page with the highest number; it goes back to the pool when no lease sees it. */
    public void dropLast() {
        drop(count - 1, 0);
        count--;
    }

    /**
     * Ends a page whose number stays taken; it goes back to the pool when no lease sees it.
     *
     * @param tombstone what {@link #address} answers from now on: 0, or a small number with a meaning to the caller
     */
    public void drop(final int page, final long tombstone) {
        final long meta = metas[page];
        final long address = address(page);
        final int oldCount = count;
        final int freed = tombstone == 0 ? 1 : 0;
        taken -= freed;
        directory.set(page, tombstone);
        metas[page] = 0;
        epochs.undo().saveAction(() -> {
            directory.set(page, address);
            metas[page] = meta;
            count = oldCount;
            taken += freed;
        });
        epochs.atCommit(() -> frames.retire(meta));
    }

    /** Makes a zeroed page under a number that {@link #release} freed, or at the end, and answers the number. */
    public int allocate() {
        if (free.isEmpty()) {
            return append();
        }
        final int page = free.pop();
        epochs.undo().saveAction(() -> free.push(page));
        create(page);
        return page;
    }

    /** Ends a page and frees its number for {@link #allocate}. */
    public void release(final int page) {
        drop(page, 0);
        free.push(page);
        epochs.undo().saveAction(free::pop);
    }

    /** Ends the whole store when the running version is published; undone, it goes on as it was. */
    public void dropAll() {
        epochs.atCommit(() -> {
            for (int page = 0; page < count; page++) {
                if (metas[page] != 0) {
                    frames.retire(metas[page]);
                }
            }
            Arrays.fill(metas, 0);
            count = 0;
            taken = 0;
        });
    }

    /** The directory of the version that is about to be published; the same object while nothing changes. */
    public PageDirectory publish() {
        for (int page = 0; Guard.ENABLED && directory.isChanged() && page < count; page++) {
            if (metas[page] != 0 && Memory.getLong(metas[page] + PageMeta.CURRENT_FROM) == epochs.building()) {
                Guard.setWritable(address(page), false, "published in version " + epochs.building());
            }
        }
        return directory.publish(count);
    }

    long meta(final int page) {
        return metas[page];
    }

    Frames frames() {
        return frames;
    }

    int granuleShift() {
        return granuleShift;
    }

    Epochs epochs() {
        return epochs;
    }

    int undoNumber(final UndoLog undo) {
        if (!undo.isOwn(undoNumber, this)) {
            undoNumber = undo.own(this);
        }
        return undoNumber;
    }

    @Override
    public void restore(final long where, final byte[] saved, final int at, final int length) {
        Memory.copy(saved, at, address((int) (where >>> 32)) + (int) where, length);
    }

    private void ensureCapacity(final int page) {
        if (page >= metas.length) {
            metas = Arrays.copyOf(metas, Math.max(page + 1, Math.max(4, metas.length * 2)));
            turnedIn = Arrays.copyOf(turnedIn, metas.length);
        }
        directory.ensureCapacity(page);
    }
}
