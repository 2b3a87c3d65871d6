package io.taktdb.persistence.disk;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A file or folder of a {@link SimulatedDisk}, as programs see it and as it is on the disk. */
final class DiskNode {
    private static final int SECTOR_BYTES = 512;

    byte[] bytes = new byte[0];
    byte[] forcedBytes = new byte[0];
    Map<String, DiskNode> children;
    Map<String, DiskNode> forcedChildren;
    private int dirtyFrom = Integer.MAX_VALUE;
    private int dirtyTo;

    static DiskNode folder() {
        final DiskNode node = new DiskNode();
        node.children = new TreeMap<>();
        node.forcedChildren = new TreeMap<>();
        return node;
    }

    void dirty(final int from, final int to) {
        dirtyFrom = Math.min(dirtyFrom, from);
        dirtyTo = Math.max(dirtyTo, to);
    }

    void force() {
        if (forcedBytes.length != bytes.length || forcedBytes == bytes) {
            forcedBytes = bytes.clone();
        } else if (dirtyFrom < dirtyTo) {
            System.arraycopy(bytes, dirtyFrom, forcedBytes, dirtyFrom, dirtyTo - dirtyFrom);
        }
        dirtyFrom = Integer.MAX_VALUE;
        dirtyTo = 0;
    }

    /** What was written since the last force is gone, also for programs. */
    void drop() {
        bytes = forcedBytes.clone();
        dirtyFrom = Integer.MAX_VALUE;
        dirtyTo = 0;
    }

    /** What a machine finds here after the power went. */
    DiskNode afterCrash(final SimulatedDisk.Unforced unforced, final Random random) {
        if (children == null) {
            final DiskNode file = new DiskNode();
            file.bytes = bytesAfterCrash(unforced, random);
            file.forcedBytes = file.bytes;
            return file;
        }
        final boolean keep = unforced == SimulatedDisk.Unforced.KEPT
                || unforced != SimulatedDisk.Unforced.LOST && random.nextBoolean();
        final DiskNode folder = folder();
        (keep ? children : forcedChildren)
                .forEach((name, child) -> folder.children.put(name, child.afterCrash(unforced, random)));
        folder.forcedChildren.putAll(folder.children);
        return folder;
    }

    private byte[] bytesAfterCrash(final SimulatedDisk.Unforced unforced, final Random random) {
        return switch (unforced) {
            case LOST -> forcedBytes.clone();
            case KEPT -> bytes.clone();
            case MIXED -> mixed(random);
            case TORN -> torn(random);
        };
    }

    private byte[] mixed(final Random random) {
        final int forced = Math.min(forcedBytes.length, bytes.length);
        final byte[] kept = Arrays.copyOf(bytes, Math.max(forced, random.nextInt(bytes.length + 1)));
        if (kept.length > forced && random.nextBoolean()) {
            Arrays.fill(kept, forced + random.nextInt(kept.length - forced), kept.length, (byte) 0);
        }
        return kept;
    }

    /** Each sector is the new one or the old one; bytes behind the forced length may be zero. */
    private byte[] torn(final Random random) {
        final byte[] kept = bytes.clone();
        for (int from = 0; from < kept.length; from += SECTOR_BYTES) {
            if (random.nextBoolean()) {
                final int to = Math.min(kept.length, from + SECTOR_BYTES);
                for (int i = from; i < to; i++) {
                    kept[i] = i < forcedBytes.length ? forcedBytes[i] : 0;
                }
            }
        }
        return kept;
    }
}
