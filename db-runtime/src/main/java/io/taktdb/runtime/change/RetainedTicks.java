package io.taktdb.runtime.change;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * What the last ticks brought, so that one who was away for a while can go on where it stopped.
 *
 * <p>Bounded by ticks and by bytes, whichever is met first; the oldest go. Threading: one thread at a time.
 *
 * @param <T> what is kept of a tick
 */
public final class RetainedTicks<T> {
    private final long maxTicks;
    private final long maxBytes;
    private final Consumer<T> whenDropped;
    private final ArrayDeque<Entry<T>> entries = new ArrayDeque<>();
    private long knownFrom;
    private long newest;
    private long bytes;

    private record Entry<T>(long tick, T what, long bytes) {}

    /**
     * @param maxTicks how many ticks back one can go on
     * @param maxBytes the most bytes kept
     * @param whenDropped called for what is kept no more
     */
    public RetainedTicks(final long maxTicks, final long maxBytes, final Consumer<T> whenDropped) {
        this.maxTicks = maxTicks;
        this.maxBytes = maxBytes;
        this.whenDropped = whenDropped;
    }

    /** Forgets all: from this tick on everything will be known. */
    public void restart(final long tick) {
        while (!entries.isEmpty()) {
            drop();
        }
        knownFrom = tick;
        newest = tick;
    }

    /**
     * Keeps what a tick brought.
     *
     * @param tick above all before
     */
    public void add(final long tick, final T what, final long size) {
        entries.addLast(new Entry<>(tick, what, size));
        bytes += size;
        advance(tick);
    }

    /** A tick has passed, whether or not it brought anything. */
    public void advance(final long tick) {
        newest = Math.max(newest, tick);
        while (!entries.isEmpty() && (bytes > maxBytes || entries.peekFirst().tick() <= newest - maxTicks)) {
            drop();
        }
        knownFrom = Math.max(knownFrom, newest - maxTicks);
    }

    private void drop() {
        final Entry<T> oldest = entries.removeFirst();
        bytes -= oldest.bytes();
        knownFrom = Math.max(knownFrom, oldest.tick());
        whenDropped.accept(oldest.what());
    }

    /** Whether everything after a tick is still here. */
    public boolean knows(final long tick) {
        return tick >= knownFrom && tick <= newest;
    }

    /** Hands out what came after a tick that is {@link #knows known}, oldest first. */
    public void after(final long tick, final Consumer<T> to) {
        final Iterator<Entry<T>> all = entries.iterator();
        while (all.hasNext()) {
            final Entry<T> entry = all.next();
            if (entry.tick() > tick) {
                to.accept(entry.what());
            }
        }
    }

    /** Bytes kept now. */
    public long bytes() {
        return bytes;
    }
}
