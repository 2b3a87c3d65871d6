package io.taktdb.runtime.procedure;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the tick thread runs at the moment, for a thread that watches it; and the word of that thread that it took too
 * long.
 *
 * <p>Java code cannot be stopped from outside. So a call looks at {@link #check} whenever it touches a table, and when
 * it returns: one that is late is taken back there. A loop that touches nothing can only be reported. Threading: begin,
 * end and check the tick thread; the rest the watching one.
 */
public final class CallWatch {
    private static final long NOTHING = 0;

    private final AtomicLong startedNs = new AtomicLong(NOTHING);
    private volatile String name;
    private volatile long lateNs;
    private volatile Thread thread;
    private boolean mayEnd;

    /**
     * Something begins.
     *
     * @param what for reports, such as {@code procedure world.damage}
     * @param limited whether it may be ended
     */
    public void begin(final String what, final boolean limited) {
        if (thread != Thread.currentThread()) {
            thread = Thread.currentThread();
        }
        name = what;
        mayEnd = limited;
        lateNs = 0;
        startedNs.lazySet(Math.max(1, System.nanoTime()));
    }

    /** It is over. */
    public void end() {
        startedNs.lazySet(NOTHING);
        lateNs = 0;
    }

    /**
     * Ends the call if it took too long.
     *
     * @throws CallTimeout it did
     */
    public void check() {
        if (lateNs != 0 && mayEnd && startedNs.get() != NOTHING) {
            throw new CallTimeout("call takes too long: call=" + name + ", ranMs>=" + lateNs / 1_000_000);
        }
    }

    /** When what runs now began, by {@link System#nanoTime}; 0: nothing runs. */
    public long startedNs() {
        return startedNs.get();
    }

    /** The thread on which it runs, or ran last; null before anything ran. */
    public Thread thread() {
        return thread;
    }

    /** What runs, or ran last. */
    public String name() {
        return name;
    }

    /** Says that what began at a time took too long; nothing happens if it is over meanwhile. */
    public void expire(final long began, final long ranNs) {
        if (startedNs.get() == began) {
            lateNs = ranNs;
        }
    }
}
