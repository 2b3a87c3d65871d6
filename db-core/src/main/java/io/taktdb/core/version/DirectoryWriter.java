package io.taktdb.core.version;

import java.util.Arrays;

/**
 * The page addresses of one store in the running version, and the leaves that it shares with published directories.
 *
 * <p>A leaf is copied before its first change in a version; the old one is recycled when no lease sees it. Threading:
 * tick thread.
 */
final class DirectoryWriter {
    private final Epochs epochs;
    private final DirtyFlag dirty;
    private long[] addresses = new long[0]; // those of all leaves in one array
    private long[][] leaves = new long[0][];
    private long[] leafFrom = new long[0];
    private boolean changed;
    private PageDirectory published = PageDirectory.EMPTY;

    /** @param dirty raised by every change */
    DirectoryWriter(final Epochs epochs, final DirtyFlag dirty) {
        this.epochs = epochs;
        this.dirty = dirty;
    }

    long address(final int page) {
        return addresses[page];
    }

    void set(final int page, final long address) {
        if (!changed) {
            changed = true;
            dirty.raise();
        }
        final int leaf = page >>> PageDirectory.LEAF_SHIFT;
        if (leafFrom[leaf] != epochs.building()) {
            own(leaf);
        }
        leaves[leaf][page & PageDirectory.LEAF_MASK] = address;
        addresses[page] = address;
    }

    private void own(final int leaf) {
        final long[] old = leaves[leaf];
        final long[] copy = epochs.leaves().take();
        System.arraycopy(old, 0, copy, 0, old.length);
        epochs.retire(leafFrom[leaf], epochs.leaves(), epochs.leaves().await(old));
        leaves[leaf] = copy;
        leafFrom[leaf] = epochs.building();
    }

    void ensureCapacity(final int page) {
        final int leaf = page >>> PageDirectory.LEAF_SHIFT;
        if (leaf >= leaves.length) {
            final int from = leaves.length;
            addresses = Arrays.copyOf(addresses, leaf + 1 << PageDirectory.LEAF_SHIFT);
            leaves = Arrays.copyOf(leaves, leaf + 1);
            leafFrom = Arrays.copyOf(leafFrom, leaf + 1);
            for (int i = from; i <= leaf; i++) {
                leaves[i] = epochs.leaves().take();
                Arrays.fill(leaves[i], 0);
                leafFrom[i] = epochs.building();
            }
        }
    }

    boolean isChanged() {
        return changed;
    }

    PageDirectory publish(final int count) {
        if (changed || published.count() != count) {
            published = new PageDirectory(leaves.clone(), count);
            changed = false;
        }
        return published;
    }
}
