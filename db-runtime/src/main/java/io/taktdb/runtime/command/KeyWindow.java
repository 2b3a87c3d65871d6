package io.taktdb.runtime.command;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest commands that were done under a key, with their answers: one that comes again is answered, and not done
 * again.
 *
 * <p>It is part of the world's history and not of its state: a snapshot stores the window of its commit, and a replay
 * fills in what came after it. The oldest go when there are too many, or their answers take too much. Threading: the
 * tick thread, or the opening thread before the first tick; {@link #upTo} and the figures any.
 */
public final class KeyWindow {
    /** The most keys. */
    public static final int MAX_KEYS = 10_000;

    /** The most bytes of answers, about; one may take a quarter of them. */
    public static final long MAX_BYTES = 32L << 20;

    private static final int ENTRY_BYTES = 512;

    private final int maxKeys;
    private final long maxBytes;
    private final AtomicReferenceArray<Kept> ring;
    private final Map<ByteBuffer, Kept> byName = new HashMap<>();
    private final List<DoneCommand> uncommitted = new ArrayList<>();
    private final AtomicLong first = new AtomicLong();
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /** A place in the ring: a number that is never given again, so that a reader sees when it was overtaken. */
    private record Kept(long number, ByteBuffer name, DoneCommand done, long bytes) {}

    /** With the limits of a server. */
    public KeyWindow() {
        this(MAX_KEYS, MAX_BYTES);
    }

    public KeyWindow(final int maxKeys, final long maxBytes) {
        this.maxKeys = maxKeys;
        this.maxBytes = maxBytes;
        this.ring = new AtomicReferenceArray<>(maxKeys);
    }

    private static ByteBuffer name(final byte[] key) {
        return ByteBuffer.wrap(key, 1, Math.min(key[0] & 0xFF, key.length - 1)).slice();
    }

    /**
     * Answers a command that was done before.
     *
     * @return false when it was not: then it is to be done
     * @throws DbException CONFLICT its key belongs to another request, or the answer was not kept
     */
    boolean answer(final Submission submission) {
        final Kept kept = byName.get(name(submission.key()));
        if (kept == null) {
            return false;
        }
        if (!kept.done().isSameRequest(submission.key())) {
            throw new DbException(
                    ErrorCode.CONFLICT,
                    "idempotency key belongs to another request; choose a new key for every new request");
        }
        if (!kept.done().hasAnswer()) {
            throw new DbException(
                    ErrorCode.CONFLICT,
                    "idempotency key: the request was done, but its answer is too large to be repeated; read what it"
                            + " wrote");
        }
        submission.repeat(kept.done());
        return true;
    }

    /** Keeps a command that was just applied; {@link #commit} tells in which commit. */
    void applied(final Submission submission) {
        final DoneCommand done = DoneCommand.of(submission, maxBytes / 4);
        load(done);
        uncommitted.add(done);
    }

    /** What was applied since the last time is about to be published in this commit. */
    public void commit(final long commit, final long tick) {
        for (int i = 0; i < uncommitted.size(); i++) {
            uncommitted.get(i).committed(commit, tick);
        }
        uncommitted.clear();
    }

    /** Adds a command that a snapshot kept, the oldest first. */
    public void load(final DoneCommand done) {
        final long answerBytes = done.answerBytes(maxBytes);
        while (keys() >= maxKeys || keys() > 0 && bytes() + answerBytes + ENTRY_BYTES > maxBytes) {
            dropOldest();
        }
        final long number = next.get();
        final Kept kept = new Kept(number, name(done.key()), done, ENTRY_BYTES + answerBytes);
        ring.set((int) (number % maxKeys), kept);
        byName.put(kept.name(), kept);
        bytes.addAndGet(kept.bytes());
        next.set(number + 1);
    }

    private void dropOldest() {
        final int at = (int) (first.get() % maxKeys);
        final Kept oldest = ring.get(at);
        ring.set(at, null);
        byName.remove(oldest.name(), oldest);
        bytes.addAndGet(-oldest.bytes());
        first.incrementAndGet();
    }

    /** What was done up to a commit, in order; what is dropped meanwhile may be left out. Any thread. */
    public List<DoneCommand> upTo(final long commit) {
        final List<DoneCommand> done = new ArrayList<>();
        final long end = next.get();
        for (long number = first.get(); number < end; number++) {
            final Kept kept = ring.get((int) (number % maxKeys));
            if (kept != null
                    && kept.number() == number
                    && kept.done().isCommitted()
                    && kept.done().commit() <= commit) {
                done.add(kept.done());
            }
        }
        return done;
    }

    /** How many keys are kept. */
    public int keys() {
        return (int) (next.get() - first.get());
    }

    /** About how many bytes they take with their answers. */
    public long bytes() {
        return bytes.get();
    }

    /** The most keys that are kept. */
    public int maxKeys() {
        return maxKeys;
    }

    /** The most bytes that they take. */
    public long maxBytes() {
        return maxBytes;
    }
}
