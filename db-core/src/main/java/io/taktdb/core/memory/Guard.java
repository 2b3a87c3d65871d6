package io.taktdb.core.memory;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The check of every off-heap access, on when {@code -Dtaktdb.guard=true}.
 *
 * <p>Knows every live region by its addresses. An access outside all regions, into a released one, or a write into a
 * published page is a {@link GuardException} that names the region and its last events. Released bytes are poisoned.
 *
 * <p>Threading: any thread. The regions that a thread hit last are cached; releases are seen through their volatile
 * state.
 */
public final class Guard {
    /** Whether accesses are checked; constant for the life of the process. */
    public static final boolean ENABLED = Boolean.getBoolean("taktdb.guard");

    static final byte POISON = (byte) 0xDB;

    private static final int RECENT_REGIONS = 1024;
    private static final int LARGE_BYTES = 4096;

    private static final ConcurrentSkipListMap<Long, GuardRegion> REGIONS = new ConcurrentSkipListMap<>();
    /** Per thread the regions hit last: large ones by their 4 KiB, then small ones by their line. */
    private static final ThreadLocal<GuardRegion[]> RECENT =
            ThreadLocal.withInitial(() -> new GuardRegion[2 * RECENT_REGIONS]);

    private static volatile long allocationsLeft = Long.MAX_VALUE;
    private static volatile long writesLeft = Long.MAX_VALUE;

    private Guard() {}

    /**
     * Makes memory run out for tests of failure: so many more pages and blocks are handed out, then none.
     *
     * @param allocations {@link Long#MAX_VALUE} ends it
     */
    public static void failAfter(final long allocations) {
        requireEnabled();
        allocationsLeft = allocations;
    }

    private static void requireEnabled() {
        if (!ENABLED) {
            throw new IllegalStateException("only guard mode can make things fail; run with -Dtaktdb.guard=true");
        }
    }

    /**
     * A page or block is about to be handed out.
     *
     * @throws DbException OUT_OF_MEMORY after {@link #failAfter}
     */
    static void beforeAllocate() {
        if (ENABLED) {
            final long left = allocationsLeft;
            if (left == 0) {
                throw new DbException(ErrorCode.OUT_OF_MEMORY, "memory runs out, as a test wants it");
            }
            allocationsLeft = left == Long.MAX_VALUE ? left : left - 1;
        }
    }

    /**
     * Makes transactions fail for tests: so many more writes are saved for undo, then none.
     *
     * @param writes {@link Long#MAX_VALUE} ends it
     */
    public static void failAfterWrites(final long writes) {
        requireEnabled();
        writesLeft = writes;
    }

    /**
     * Bytes are about to be saved, to be overwritten then.
     *
     * @throws GuardException after {@link #failAfterWrites}
     */
    public static void beforeWrite() {
        if (ENABLED) {
            final long left = writesLeft;
            if (left == 0) {
                throw new GuardException("a write fails, as a test wants it");
            }
            writesLeft = left == Long.MAX_VALUE ? left : left - 1;
        }
    }

    /** Makes a range known. Replaces a released region at the same place, and whatever else lay there. */
    static void onAllocate(final long address, final long bytes, final String name) {
        if (ENABLED) {
            final GuardRegion before = REGIONS.put(address, new GuardRegion(address, bytes, name));
            if (before != null && before.isLive()) {
                throw new GuardException("memory is handed out twice: " + before.describe());
            }
        }
    }

    /** Ends a range and poisons it. */
    static void onRelease(final long address) {
        if (ENABLED) {
            final GuardRegion region = REGIONS.get(address);
            if (region == null) {
                throw new GuardException("release of memory that was never handed out: address=" + hex(address));
            }
            region.release();
            Memory.fill(address, region.bytes(), POISON);
        }
    }

    /** Forgets all ranges in a piece of memory for good, because it goes back to the operating system. */
    static void onFree(final long address, final long bytes) {
        if (ENABLED) {
            final Map<Long, GuardRegion> gone = REGIONS.subMap(address, true, address + bytes, false);
            gone.values().forEach(GuardRegion::forget); // threads may have them cached
            gone.clear();
        }
    }

    /** Says whether a range may be written: pages may until they are published. */
    public static void setWritable(final long address, final boolean writable, final String event) {
        if (ENABLED) {
            find(address, 1, "change of").writable(writable, event);
        }
    }

    /**
     * Checks an index into a chunk.
     *
     * @param access what the access is, e.g. {@code MobChunk.x}
     */
    public static void checkRow(final int row, final int rows, final String access) {
        if (row < 0 || row >= rows) {
            throw new GuardException(
                    "index is outside: access=" + access + ", index=" + row + ", valid=0.." + (rows - 1));
        }
    }

    static void checkRead(final long address, final long bytes) {
        find(address, bytes, "read");
    }

    static void checkWrite(final long address, final long bytes) {
        final GuardRegion region = find(address, bytes, "write");
        if (!region.isWritable()) {
            throw new GuardException("write into a published page: address=" + hex(address) + ", bytes=" + bytes + ", "
                    + region.describe());
        }
    }

    /** Bytes in live regions. */
    public static long liveBytes() {
        long sum = 0;
        for (final GuardRegion region : REGIONS.values()) {
            sum += region.isLive() ? region.bytes() : 0;
        }
        return sum;
    }

    private static GuardRegion find(final long address, final long bytes, final String access) {
        final GuardRegion[] recent = RECENT.get();
        final int large = (int) (address >>> 12) & RECENT_REGIONS - 1;
        final int small = RECENT_REGIONS + ((int) (address >>> 6) & RECENT_REGIONS - 1);
        if (isLiveAt(recent[large], address, bytes)) {
            return recent[large];
        }
        if (isLiveAt(recent[small], address, bytes)) {
            return recent[small];
        }
        final GuardRegion region = search(address, bytes, access);
        recent[region.bytes() >= LARGE_BYTES ? large : small] = region;
        return region;
    }

    private static boolean isLiveAt(final GuardRegion region, final long address, final long bytes) {
        return region != null && region.contains(address, bytes) && region.isLive();
    }

    private static GuardRegion search(final long address, final long bytes, final String access) {
        final Map.Entry<Long, GuardRegion> entry = REGIONS.floorEntry(address);
        final GuardRegion region = entry == null ? null : entry.getValue();
        if (region == null || address >= region.end()) {
            throw new GuardException(access + " outside every page: address=" + hex(address) + ", bytes=" + bytes
                    + (region == null ? "" : ", nearest below: " + region.describe()));
        }
        if (!region.isLive()) {
            throw new GuardException(
                    access + " after release: address=" + hex(address) + ", bytes=" + bytes + ", " + region.describe());
        }
        if (!region.contains(address, bytes)) {
            throw new GuardException(access + " past the end of a page: address=" + hex(address) + ", bytes=" + bytes
                    + ", " + region.describe());
        }
        return region;
    }

    static String hex(final long address) {
        return "0x" + Long.toHexString(address);
    }
}
