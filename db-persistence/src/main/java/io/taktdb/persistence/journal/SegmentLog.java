package io.taktdb.persistence.journal;

import io.taktdb.persistence.storage.FileKeys;
import io.taktdb.persistence.storage.FrameSeal;
import io.taktdb.persistence.storage.StorageFile;
import io.taktdb.runtime.journal.HashedState;
import io.taktdb.runtime.journal.JournalCommit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segments as they are written: one is open, frames go into it, the next follows when it is full.
 *
 * <p>Nothing is durable before {@link #force}. After an exception the open segment must be left by {@link #abandon} and
 * is not written again: what a failed sync left on the disk nobody knows. Threading: one thread.
 */
final class SegmentLog {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);

    /** A segment that is there, and the commit that its first one follows. */
    record Kept(long number, long baseCommit, long bytes) {}

    private final SegmentCatalog catalog;
    private final long segmentBytes;
    private final long seed;
    private final byte[] world;
    private final JournalMeter meter;
    private final FileKeys keys;
    private final int sealBytes;
    private final FrameWriter frames = new FrameWriter();
    private final SecureRandom salts = new SecureRandom();
    private final Deque<Kept> kept = new ArrayDeque<>();
    private StorageFile file;
    private SegmentHeader header;
    private long nextNumber;
    private long nextSequence;
    private long durableSequence;
    private long lastCommit;
    private long lastTick;
    private boolean isDirty;

    /** @param modules what the first frame of each segment says */
    SegmentLog(
            final SegmentCatalog catalog,
            final long segmentBytes,
            final long seed,
            final List<String> modules,
            final JournalPlan plan,
            final JournalMeter meter) {
        this.catalog = catalog;
        this.segmentBytes = segmentBytes;
        this.seed = seed;
        this.world = String.join("\n", modules).getBytes(StandardCharsets.UTF_8);
        this.meter = meter;
        this.keys = catalog.storage().keys();
        this.sealBytes = keys.isOn() ? FrameSeal.TAG_BYTES : 0;
        this.nextNumber = plan.nextNumber();
        this.nextSequence = plan.nextSequence();
        this.durableSequence = plan.nextSequence() - 1;
        this.kept.addAll(plan.kept());
    }

    /** Makes a segment and writes its first frame; all of it is durable then. */
    void begin(final long baseCommit, final long baseTick, final boolean needsSnapshot) throws IOException {
        lastCommit = baseCommit;
        lastTick = baseTick;
        open(needsSnapshot, 0);
        force();
    }

    private void open(final boolean needsSnapshot, final long bodyBytes) throws IOException {
        final long least = JournalFormat.FRAMES + frameBytes(world.length) + frameBytes(bodyBytes) + frameBytes(0);
        final SegmentHeader next = new SegmentHeader(
                nextNumber++,
                Math.max(segmentBytes, least),
                needsSnapshot,
                salts.nextLong(),
                nextSequence,
                durableSequence,
                lastCommit,
                seed,
                keys.current(),
                keys.isOn() ? salts.nextLong() : 0);
        final StorageFile made = create(next);
        final StorageFile old = file;
        final boolean wasOpen = old != null;
        if (wasOpen) {
            frame(JournalFormat.END, 0, lastCommit, lastTick);
            frames.end();
            nextSequence--; // the new segment's first frame has it: the end counts in its own segment alone
            frames.flush();
            old.forceData();
        }
        file = made;
        header = next;
        kept.add(new Kept(next.number(), next.baseCommit(), next.bytes()));
        frames.open(made, next.salt(), next.seal(keys, catalog.path(next.number())), JournalFormat.FRAMES);
        if (wasOpen) {
            old.close();
        }
        frame(JournalFormat.WORLD, world.length, lastCommit, 0);
        frames.putBytes(world);
        frames.end();
        meter.segments(kept.size(), bytesInUse());
    }

    private StorageFile create(final SegmentHeader next) throws IOException {
        final Path path = catalog.newPath(next.number());
        catalog.storage().delete(path);
        final StorageFile made = catalog.storage().raw().create(path);
        try {
            made.writeFully(next.encode(), 0);
            made.writeFully(ByteBuffer.allocate(1), next.bytes() - 1);
            made.force();
            catalog.storage().rename(path, catalog.path(next.number()));
            catalog.force();
            return made;
        } catch (final IOException | RuntimeException e) {
            closeQuietly(made);
            throw e;
        }
    }

    private void frame(final int kind, final long bodyBytes, final long commit, final long tick) throws IOException {
        frames.begin(kind, bodyBytes, nextSequence++, durableSequence, commit, tick);
        isDirty = true;
        meter.wrote(frameBytes(bodyBytes));
    }

    private long frameBytes(final long bodyBytes) {
        return JournalFormat.frameBytes(bodyBytes + sealBytes);
    }

    /** Goes on in the next segment if a frame does not fit. Everything before is durable then. */
    private void makeRoom(final long bodyBytes) throws IOException {
        final long end = frames.position() + frameBytes(bodyBytes) + frameBytes(0);
        if (end > header.bytes()) {
            rotate(bodyBytes);
        }
    }

    private void rotate(final long bodyBytes) throws IOException {
        force();
        open(false, bodyBytes);
    }

    /** Goes on in the next segment if so much of this one is used, so that it can be deleted some day. */
    void rotateIfUsed(final long bytes) throws IOException {
        if (frames.position() - JournalFormat.FRAMES > bytes) {
            rotate(0);
        }
    }

    void commit(final JournalCommit commit) throws IOException {
        final long bytes = CommitBody.bytes(commit);
        makeRoom(bytes);
        frame(JournalFormat.COMMIT, bytes, commit.commit(), commit.tick());
        CommitBody.write(commit, frames);
        frames.end();
        lastCommit = commit.commit();
        lastTick = commit.tick();
    }

    void ticks(final TickRun run) throws IOException {
        final long bytes = CommitBody.bytes(run);
        makeRoom(bytes);
        frame(JournalFormat.TICKS, bytes, run.firstCommit(), run.firstTick());
        CommitBody.write(run, frames);
        frames.end();
        lastCommit = run.firstCommit() + run.count() - 1;
        lastTick = run.firstTick() + run.count() - 1;
    }

    void snapshot(final long commit, final long tick, final long stateHash) throws IOException {
        makeRoom(Long.BYTES);
        frame(JournalFormat.SNAPSHOT, Long.BYTES, commit, tick);
        frames.putLong(stateHash);
        frames.end();
    }

    /** Notes what a state hashes to. */
    void hash(final HashedState state) throws IOException {
        final byte[] body = HashBody.encode(state);
        makeRoom(body.length);
        frame(JournalFormat.HASH, body.length, state.commit(), state.tick());
        frames.putBytes(body);
        frames.end();
    }

    /** Says in the file what is durable. */
    void mark() throws IOException {
        makeRoom(0);
        frame(JournalFormat.MARK, 0, lastCommit, lastTick);
        frames.end();
    }

    /** Hands everything to the system, without waiting for the disk. */
    void flush() throws IOException {
        frames.flush();
    }

    /** Makes everything written durable. */
    void force() throws IOException {
        if (!isDirty) {
            return;
        }
        frames.flush();
        final long startNs = System.nanoTime();
        file.forceData();
        meter.synced(System.nanoTime() - startNs, lastCommit, lastTick);
        isDirty = false;
        durableSequence = nextSequence - 1;
    }

    /** Whether something was written since the last force. */
    boolean isDirty() {
        return isDirty;
    }

    boolean isOpen() {
        return file != null;
    }

    long baseCommit() {
        return header.baseCommit();
    }

    long lastCommit() {
        return lastCommit;
    }

    /** Leaves the open segment as it is. */
    void abandon() {
        if (file != null) {
            closeQuietly(file);
            file = null;
        }
        isDirty = false;
    }

    private static void closeQuietly(final StorageFile open) {
        try {
            open.close();
        } catch (final IOException e) {
            LOG.debug("a segment that is given up could not be closed", e);
        }
    }

    /** Deletes segments whose commits all lie before a snapshot that is kept. */
    void prune(final long oldestSnapshot) throws IOException {
        boolean hasDeleted = false;
        while (kept.size() > 1) {
            final Kept first = kept.poll();
            if (kept.peek().baseCommit() > oldestSnapshot) {
                kept.addFirst(first);
                break;
            }
            catalog.delete(first.number());
            hasDeleted = true;
        }
        if (hasDeleted) {
            catalog.force();
        }
        meter.segments(kept.size(), bytesInUse());
    }

    private long bytesInUse() {
        long sum = frames.position();
        for (final Kept segment : kept) {
            sum += segment.number() == header.number() ? 0 : segment.bytes();
        }
        return sum;
    }
}
