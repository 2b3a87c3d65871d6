package io.taktdb.core.version;

import io.taktdb.core.memory.Memory;
import io.taktdb.core.memory.MemoryBudget;
import java.util.Arrays;

/** One page store with its commits and leases, without tables. Threading: none of its own. */
final class PageWorld implements AutoCloseable {
    static final int PAGE_BYTES = 1024;

    private final MemoryBudget budget;
    private final Epochs epochs;
    private final PageStore store;
    private PageDirectory published = PageDirectory.EMPTY;

    PageWorld() {
        this(PAGE_BYTES, new MemoryBudget(MemoryBudget.UNLIMITED));
    }

    PageWorld(final int pageBytes, final MemoryBudget budget) {
        this.budget = budget;
        this.epochs = new Epochs(budget, 1);
        this.store = new PageStore(epochs, "test.page", pageBytes, new DirtyFlag());
    }

    Epochs epochs() {
        return epochs;
    }

    PageStore store() {
        return store;
    }

    /** What the last commit published. */
    PageDirectory published() {
        return published;
    }

    PageDirectory commit() {
        epochs.undo().clear();
        epochs.sealing();
        published = store.publish();
        epochs.published();
        return published;
    }

    /** Holds the newest commit; answers the slot. */
    int lease() {
        final int slot = epochs.slots().claim();
        epochs.slots().entering(slot, epochs.building() - 1);
        epochs.slots().reading(slot, epochs.building() - 1);
        return slot;
    }

    void release(final int slot) {
        epochs.slots().leave(slot);
        epochs.slots().unclaim(slot);
    }

    void write(final int page, final int offset, final int value) {
        Memory.putByte(store.prepare(page, offset, 1), (byte) value);
    }

    static byte[] bytes(final Pages pages, final int page, final int length) {
        final byte[] bytes = new byte[length];
        Memory.copy(pages.address(page), bytes, 0, length);
        return bytes;
    }

    byte[] bytes(final Pages pages, final int page) {
        return bytes(pages, page, store.pageBytes());
    }

    /** A page's worth of one value. */
    byte[] filled(final int value) {
        final byte[] bytes = new byte[store.pageBytes()];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    void fill(final int page, final int value) {
        Memory.copy(filled(value), 0, store.prepare(page, 0, store.pageBytes()), store.pageBytes());
    }

    long reservedBytes() {
        return budget.reservedBytes();
    }

    @Override
    public void close() {
        epochs.close();
        if (budget.reservedBytes() != 0) {
            throw new AssertionError("memory is not returned: bytes=" + budget.reservedBytes());
        }
    }
}
