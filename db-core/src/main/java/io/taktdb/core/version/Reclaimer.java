package io.taktdb.core.version;

import java.util.ArrayDeque;

/**
 * Things that were replaced and wait until no lease can see them.
 *
 * <p>Threading: tick thread.
 */
final class Reclaimer {
    /** The most waiting things that one commit looks at, so that a commit's time has a bound. */
    static final int MAX_CHECKS_PER_COMMIT = 4096;

    /** Something that showed in versions [from, to). */
    private static final class Waiting {
        private final long from;
        private final long to;
        private final Runnable release;

        Waiting(final long from, final long to, final Runnable release) {
            this.from = from;
            this.to = to;
            this.release = release;
        }
    }

    private final LeaseSlots slots;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();

    Reclaimer(final LeaseSlots slots) {
        this.slots = slots;
    }

    /** Runs {@code release} once nobody can see what showed in versions [from, to). */
    void retire(final long from, final long to, final Runnable release) {
        waiting.add(new Waiting(from, to, release));
    }

    /** Releases what nobody sees, after {@link LeaseSlots#scan}. */
    void reclaim() {
        final int checks = Math.min(waiting.size(), MAX_CHECKS_PER_COMMIT);
        for (int i = 0; i < checks; i++) {
            final Waiting next = waiting.poll();
            if (slots.isHeld(next.from, next.to)) {
                waiting.add(next);
            } else {
                next.release.run();
            }
        }
    }

    int waiting() {
        return waiting.size();
    }

    /** Releases everything; no lease may be open any more. */
    void releaseAll() {
        while (!waiting.isEmpty()) {
            waiting.poll().release.run();
        }
    }
}
