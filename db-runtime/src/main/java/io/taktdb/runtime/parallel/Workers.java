package io.taktdb.runtime.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed set of threads that helps the tick thread with numbered pieces of work.
 *
 * <p>Workers spin for {@value #SPIN_NS} ns after their last piece, then park; waking a parked one costs tens of
 * microseconds, so short work is better done with {@code helpers = 0}. Threading: {@link #run} the tick thread only.
 */
public final class Workers implements AutoCloseable {
    /** One piece of work after the other. */
    @FunctionalInterface
    public interface Piece {
        /**
         * Does piece {@code index}; side by side with other pieces, each once.
         *
         * @param worker who does it, from 0 (the tick thread) to {@link Workers#count()} - 1
         */
        void run(int worker, int index);
    }

    private static final long SPIN_NS = 50_000;

    private final Thread[] threads;
    private final AtomicInteger nextPiece = new AtomicInteger();
    private final AtomicInteger busyHelpers = new AtomicInteger();
    private final AtomicInteger round = new AtomicInteger();
    private volatile boolean stopped;
    private Piece piece;
    private int pieces;
    private int helpers;
    private int failedPiece;
    private Throwable failure;

    /**
     * Starts the threads.
     *
     * @param count workers in all, the tick thread included; at least 1
     */
    public Workers(final int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one worker: count=" + count);
        }
        threads = new Thread[count - 1];
        for (int i = 0; i < threads.length; i++) {
            final int worker = i + 1;
            threads[i] = new Thread(() -> help(worker), "takt-worker-" + worker);
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    /** Workers in all, the tick thread included. */
    public int count() {
        return threads.length + 1;
    }

    /**
     * Runs pieces 0 to {@code count} - 1 and returns when all are done.
     *
     * @param alone whether the tick thread does all of it
     * @throws RuntimeException or Error: what the failed piece with the lowest number threw
     */
    public void run(final int count, final boolean alone, final Piece work) {
        piece = work;
        pieces = count;
        failure = null;
        failedPiece = Integer.MAX_VALUE;
        helpers = alone || count < 2 ? 0 : Math.min(threads.length, count - 1);
        nextPiece.set(0);
        if (helpers > 0) {
            busyHelpers.set(helpers);
            round.incrementAndGet();
            for (int i = 0; i < helpers; i++) {
                LockSupport.unpark(threads[i]);
            }
        }
        work(0);
        while (busyHelpers.get() > 0) {
            Thread.onSpinWait();
        }
        piece = null;
        if (failure != null) {
            throwFailure(failure);
        }
    }

    private static void throwFailure(final Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        throw new IllegalStateException(thrown);
    }

    private void work(final int worker) {
        int index = nextPiece.getAndIncrement();
        while (index < pieces) {
            try {
                piece.run(worker, index);
            } catch (final Throwable e) {
                noteFailure(index, e);
            }
            index = nextPiece.getAndIncrement();
        }
    }

    private synchronized void noteFailure(final int index, final Throwable thrown) {
        if (index < failedPiece) {
            failedPiece = index;
            failure = thrown;
        }
    }

    private void help(final int worker) {
        int seen = 0;
        while (!stopped) {
            seen = awaitRound(seen);
            if (!stopped && worker <= helpers) {
                work(worker);
                busyHelpers.decrementAndGet();
            }
        }
    }

    private int awaitRound(final int seen) {
        final long spinUntilNs = System.nanoTime() + SPIN_NS;
        while (round.get() == seen && !stopped) {
            if (System.nanoTime() - spinUntilNs < 0) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this);
            }
        }
        return round.get();
    }

    /** Ends the threads. */
    @Override
    public void close() {
        stopped = true;
        for (final Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
