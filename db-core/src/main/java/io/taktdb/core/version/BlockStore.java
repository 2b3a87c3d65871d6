package io.taktdb.core.version;

import io.taktdb.core.memory.Block;
import io.taktdb.core.memory.Guard;
import java.util.Arrays;

/**
 * Values too large for a page: numbered blocks of any size, each written once and then only read.
 *
 * <p>Needs no twins: a change is a new block. Threading: tick thread.
 */
public final class BlockStore implements Pages {
    private final Epochs epochs;
    private final String name;
    private final DirectoryWriter directory;
    private long[] sizes = new long[0];
    private long[] from = new long[0];
    private final FreeNumbers free = new FreeNumbers();
    private int count;
    private long bytes;

    /** @param dirty raised by every change */
    public BlockStore(final Epochs epochs, final String name, final DirtyFlag dirty) {
        this.epochs = epochs;
        this.name = name;
        this.directory = new DirectoryWriter(epochs, dirty);
    }

    @Override
    public long address(final int block) {
        return directory.address(block);
    }

    @Override
    public int count() {
        return count;
    }

    /** Bytes of all blocks. */
    public long bytes() {
        return bytes;
    }

    /** Bytes of a block. */
    public long size(final int block) {
        return sizes[block];
    }

    /**
     * Makes a block; the caller fills it before the version is published.
     *
     * @return its number
     */
    public int create(final long bytes) {
        if (free.isEmpty()) {
            place(count, bytes);
            return count - 1;
        }
        place(free.peek(), bytes);
        return free.pop();
    }

    /** Makes the block of a stored table that has this number; free numbers below it are for later blocks. */
    public void place(final int block, final long size) {
        final long address = Block.allocate(size, epochs.budget(), name);
        if (block >= sizes.length) {
            final int capacity = Math.max(block + 1, Math.max(16, sizes.length * 2));
            sizes = Arrays.copyOf(sizes, capacity);
            from = Arrays.copyOf(from, capacity);
        }
        for (; count <= block; count++) {
            directory.ensureCapacity(count);
            if (count < block) {
                free.push(count);
            }
        }
        directory.set(block, address);
        sizes[block] = size;
        bytes += size;
        from[block] = epochs.building();
        epochs.undo().saveAction(() -> {
            directory.set(block, 0);
            free.push(block);
            bytes -= size;
            Block.free(address, size, epochs.budget());
        });
    }

    /** Ends a block; its memory goes when no lease sees it, its number when the version is published. */
    public void drop(final int block) {
        final long address = address(block);
        directory.set(block, 0);
        epochs.undo().saveAction(() -> directory.set(block, address));
        epochs.atCommit(() -> {
            retire(block, address);
            free.push(block);
        });
    }

    private void retire(final int block, final long address) {
        final long size = sizes[block];
        bytes -= size;
        epochs.retire(from[block], at -> Block.free(at, size, epochs.budget()), address);
    }

    /** Ends all blocks when the running version is published. */
    public void dropAll() {
        epochs.atCommit(() -> {
            for (int block = 0; block < count; block++) {
                final long address = address(block);
                if (address != 0) {
                    retire(block, address);
                }
            }
            count = 0;
        });
    }

    /** The directory of the version that is about to be published. */
    public PageDirectory publish() {
        if (Guard.ENABLED && directory.isChanged()) {
            for (int block = 0; block < count; block++) {
                if (from[block] == epochs.building() && address(block) != 0) {
                    Guard.setWritable(address(block), false, "published in version " + epochs.building());
                }
            }
        }
        return directory.publish(count);
    }

    /** Gives back every block at once, when the database closes. */
    public void close() {
        for (int block = 0; block < count; block++) {
            final long address = address(block);
            if (address != 0) {
                Block.free(address, sizes[block], epochs.budget());
                directory.set(block, 0);
            }
        }
    }
}
