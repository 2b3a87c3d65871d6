package io.taktdb.persistence.disk;

import io.taktdb.persistence.storage.AlreadyLockedException;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.storage.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A disk in memory that forgets what was not forced, and fails at a call that is chosen.
 *
 * <p>Bytes are durable up to the last force of their file, names up to the last force of their folder. {@link #crash}
 * gives the disk that a machine would find after the power went: all unforced things gone, all kept, or any mixture.
 * Reads and writes can be short, forces can fail and drop, bytes can be changed. Threading: any, one call at a time.
 */
public final class SimulatedDisk implements Storage {
    /** What a crash does with things that were not forced. */
    public enum Unforced {
        LOST,
        KEPT,
        /** Files end somewhere, or in zeros. */
        MIXED,
        /** Each sector of 512 bytes is the old one or the new one. */
        TORN
    }

    private final DiskNode root;
    private final DiskFaults faults = new DiskFaults();
    private int mostBytesPerCall = Integer.MAX_VALUE;
    private boolean dropsWhenForceFails;
    private boolean locked;

    public SimulatedDisk() {
        this(DiskNode.folder());
    }

    private SimulatedDisk(final DiskNode root) {
        this.root = root;
    }

    /** Every call from the n-th on fails, counted from 1 and from now: the machine is gone. */
    public synchronized SimulatedDisk failFrom(final int call) {
        faults.plan(call, false, false);
        return this;
    }

    /** Only the n-th call fails. */
    public synchronized SimulatedDisk failOnce(final int call) {
        faults.plan(call, true, false);
        return this;
    }

    /** From the n-th call on there is no room: what makes or fills files fails, until {@link #heal}. */
    public synchronized SimulatedDisk fullFrom(final int call) {
        faults.plan(call, false, true);
        return this;
    }

    /** Reads and writes move at most so many bytes at once. */
    public synchronized SimulatedDisk moveAtMost(final int bytes) {
        mostBytesPerCall = bytes;
        return this;
    }

    /** A force that fails forgets what it should have kept, and later ones succeed: as Linux file systems do. */
    public synchronized SimulatedDisk dropWhenForceFails() {
        dropsWhenForceFails = true;
        return this;
    }

    /** No call fails any more. */
    public synchronized SimulatedDisk heal() {
        return failFrom(Integer.MAX_VALUE);
    }

    /** Calls since the failure was planned. */
    public synchronized int calls() {
        return faults.calls();
    }

    /** The disk after a loss of power. */
    public synchronized SimulatedDisk crash(final Unforced unforced, final Random random) {
        return new SimulatedDisk(root.afterCrash(unforced, random));
    }

    /** The bytes of a file, to look at and to damage. */
    public synchronized byte[] bytes(final Path file) {
        return node(file).bytes;
    }

    /** Replaces the bytes of a file, durably. */
    public synchronized void bytes(final Path file, final byte[] bytes) {
        node(file).bytes = bytes;
        node(file).forcedBytes = bytes;
    }

    private void call(final String what, final Path path) throws IOException {
        faults.call(what, path);
    }

    private DiskNode node(final Path path) {
        DiskNode node = root;
        for (final Path name : path) {
            node = node == null || node.children == null ? null : node.children.get(name.toString());
        }
        return node;
    }

    private DiskNode parent(final Path path) throws IOException {
        final DiskNode parent = path.getParent() == null ? root : node(path.getParent());
        if (parent == null || parent.children == null) {
            throw new NoSuchFileException(path.toString());
        }
        return parent;
    }

    private static String name(final Path path) {
        return path.getFileName().toString();
    }

    @Override
    public synchronized StorageFile create(final Path file) throws IOException {
        call("create", file);
        final DiskNode node = new DiskNode();
        if (parent(file).children.putIfAbsent(name(file), node) != null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        return new OpenFile(node, file);
    }

    @Override
    public synchronized StorageFile open(final Path file) throws IOException {
        call("open", file);
        return new OpenFile(file(file), file);
    }

    private DiskNode file(final Path path) throws IOException {
        final DiskNode node = node(path);
        if (node == null || node.children != null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    @Override
    public synchronized void createFolder(final Path folder) throws IOException {
        call("createFolder", folder);
        DiskNode node = root;
        for (final Path name : folder) {
            node = node.children.computeIfAbsent(name.toString(), key -> DiskNode.folder());
        }
    }

    @Override
    public synchronized boolean exists(final Path path) {
        return node(path) != null;
    }

    @Override
    public synchronized List<String> list(final Path folder) throws IOException {
        call("list", folder);
        final DiskNode node = node(folder);
        return node == null || node.children == null ? List.of() : new ArrayList<>(node.children.keySet());
    }

    @Override
    public synchronized void rename(final Path from, final Path to) throws IOException {
        call("rename", from);
        final DiskNode node = parent(from).children.get(name(from));
        final DiskNode there = parent(to).children.get(name(to));
        if (node == null) {
            throw new NoSuchFileException(from.toString());
        }
        if (there != null && there.children != null && !there.children.isEmpty()) {
            throw new FileAlreadyExistsException(to.toString());
        }
        parent(from).children.remove(name(from));
        parent(to).children.put(name(to), node);
    }

    @Override
    public synchronized void link(final Path file, final Path name) throws IOException {
        call("link", name);
        if (parent(name).children.putIfAbsent(name(name), file(file)) != null) {
            throw new FileAlreadyExistsException(name.toString());
        }
    }

    @Override
    public synchronized void delete(final Path path) throws IOException {
        call("delete", path);
        final DiskNode node = node(path);
        if (node != null) {
            if (node.children != null && !node.children.isEmpty()) {
                throw new java.nio.file.DirectoryNotEmptyException(path.toString());
            }
            parent(path).children.remove(name(path));
        }
    }

    @Override
    public synchronized void forceFolder(final Path folder) throws IOException {
        call("forceFolder", folder);
        final DiskNode node = folder.getNameCount() == 0 ? root : node(folder);
        if (node == null) {
            throw new NoSuchFileException(folder.toString());
        }
        node.forcedChildren.clear();
        node.forcedChildren.putAll(node.children);
    }

    @Override
    public synchronized AutoCloseable lock(final Path file, final String owner) throws IOException {
        call("lock", file);
        if (locked) {
            throw new AlreadyLockedException(file, owner);
        }
        locked = true;
        return this::unlock;
    }

    private synchronized void unlock() {
        locked = false;
    }

    /** An open file. */
    private final class OpenFile implements StorageFile {
        private final DiskNode node;
        private final Path path;

        OpenFile(final DiskNode node, final Path path) {
            this.node = node;
            this.path = path;
        }

        @Override
        public long size() throws IOException {
            synchronized (SimulatedDisk.this) {
                call("size", path);
                return node.bytes.length;
            }
        }

        @Override
        public int read(final ByteBuffer target, final long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                call("read", path);
                final int count = Math.min(Math.min(target.remaining(), mostBytesPerCall), (int)
                        Math.max(0, node.bytes.length - position));
                if (count == 0) {
                    return target.hasRemaining() ? -1 : 0;
                }
                target.put(node.bytes, (int) position, count);
                return count;
            }
        }

        @Override
        public int write(final ByteBuffer source, final long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                call("write", path);
                final int count = Math.min(source.remaining(), mostBytesPerCall);
                final int end = (int) position + count;
                if (end > node.bytes.length || node.bytes == node.forcedBytes) {
                    node.bytes = Arrays.copyOf(node.bytes, Math.max(end, node.bytes.length));
                }
                source.get(node.bytes, (int) position, count);
                node.dirty((int) position, end);
                return count;
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (SimulatedDisk.this) {
                try {
                    call("force", path);
                } catch (final IOException e) {
                    if (dropsWhenForceFails) {
                        node.drop();
                    }
                    throw e;
                }
                node.force();
            }
        }

        @Override
        public void close() {
            // nothing to give back
        }
    }
}
