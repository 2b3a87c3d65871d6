package io.taktdb.bench.floor;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;

/**
 * The other thread: takes what event loops hand over, does nothing with it but count, and gives all that it has taken
 * back at once, as our tick thread does.
 *
 * <p>Threading: {@link #offer} from event loops; {@link #run} is the thread.
 */
final class HandOff implements Runnable {
    private static final long NAP_NS = 1_000_000;
    private static final int CAPACITY = 65_536;

    private final Queue<Item> arrived = new MpscVarHandleArrayQueue<>(CAPACITY);
    private volatile Thread sleeper;
    private volatile boolean isStopping;
    private long sum;

    /** One request on its way. */
    interface Item {
        /** What the request asks for. */
        long amount();

        /** Where it goes back to. */
        Mailbox mailbox();

        /** Answers, on the event loop. */
        void answer(long result);
    }

    /** What goes back to one event loop. Threading: {@link #wake} on the other thread. */
    static final class Mailbox {
        private final Executor loop;
        private final Runnable afterwards;
        private final Queue<Item> done = new MpscVarHandleArrayQueue<>(CAPACITY);
        private final AtomicBoolean isAwake = new AtomicBoolean();

        /**
         * @param afterwards runs after each batch of answers, to flush
         */
        Mailbox(final Executor loop, final Runnable afterwards) {
            this.loop = loop;
            this.afterwards = afterwards;
        }

        void wake() {
            if (!done.isEmpty() && isAwake.compareAndSet(false, true)) {
                loop.execute(this::handOut);
            }
        }

        private void handOut() {
            isAwake.set(false);
            for (Item item = done.poll(); item != null; item = done.poll()) {
                item.answer(item.amount());
            }
            afterwards.run();
        }
    }

    void offer(final Item item) {
        arrived.add(item);
        final Thread sleeping = sleeper;
        if (sleeping != null) {
            LockSupport.unpark(sleeping);
        }
    }

    @Override
    public void run() {
        final Queue<Mailbox> touched = new ArrayDeque<>();
        while (!isStopping) {
            for (Item item = arrived.poll(); item != null; item = arrived.poll()) {
                sum += item.amount();
                item.mailbox().done.add(item);
                if (!touched.contains(item.mailbox())) {
                    touched.add(item.mailbox());
                }
            }
            touched.forEach(Mailbox::wake);
            touched.clear();
            sleeper = Thread.currentThread();
            if (arrived.isEmpty()) {
                LockSupport.parkNanos(this, NAP_NS);
            }
            sleeper = null;
        }
    }

    /** What was counted, so that nothing is left out by the compiler. */
    long sum() {
        return sum;
    }

    void stop() {
        isStopping = true;
    }
}
