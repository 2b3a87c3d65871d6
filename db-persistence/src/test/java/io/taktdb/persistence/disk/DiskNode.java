package io.taktdb.persistence.disk;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A file or folder of a {@link SimulatedDisk}, as programs see it and as it is on the disk. */
final class DiskNode {
    byte[] bytes = new byte[0];
    byte[] forcedBytes = new byte[0];
    Map<String, DiskNode> children;
    Map<String, DiskNode> forcedChildren;

    static DiskNode folder() {
        final DiskNode node = new DiskNode();
        node.children = new TreeMap<>();
        node.forcedChildren = new TreeMap<>();
        return node;
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
                || unforced == SimulatedDisk.Unforced.MIXED && random.nextBoolean();
        final DiskNode folder = folder();
        (keep ? children : forcedChildren)
                .forEach((name, child) -> folder.children.put(name, child.afterCrash(unforced, random)));
        folder.forcedChildren.putAll(folder.children);
        return folder;
    }

    private byte[] bytesAfterCrash(final SimulatedDisk.Unforced unforced, final Random random) {
        if (unforced == SimulatedDisk.Unforced.LOST) {
            return forcedBytes;
        }
        if (unforced == SimulatedDisk.Unforced.KEPT) {
            return bytes;
        }
        final int forced = Math.min(forcedBytes.length, bytes.length);
        final byte[] kept = Arrays.copyOf(bytes, Math.max(forced, random.nextInt(bytes.length + 1)));
        if (kept.length > forced && random.nextBoolean()) {
            Arrays.fill(kept, forced + random.nextInt(kept.length - forced), kept.length, (byte) 0);
        }
        return kept;
    }
}
