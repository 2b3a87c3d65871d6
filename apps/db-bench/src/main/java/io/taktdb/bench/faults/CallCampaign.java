package io.taktdb.bench.faults;

import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.disk.SimulatedDisk.Unforced;
import io.taktdb.persistence.storage.FileKeys;
import io.taktdb.types.error.DbException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * A script of writes on a disk that fails at one call after the other; then the power goes, and the world is read
 * again. What was acknowledged must be there, and nothing that nobody sent.
 *
 * <p>Threading: one thread.
 */
final class CallCampaign {
    private static final int VALUES = 30;
    private static final long HANG_S = 60;

    /** What goes wrong. */
    enum Fault {
        /** One call fails. */
        ONCE,
        /** All calls from there on fail. */
        FOR_EVER,
        /** A force fails and forgets what it should have kept; later ones succeed. */
        DROPPED,
        /** Writes and reads are short, and all calls from there on fail. */
        SHORT,
        /** There is no room from there on, until some is made: then writes are taken again. */
        FULL
    }

    private static final int SNAPSHOT_EVERY = 8;
    private static final long TRY_AGAIN_NS = 1_000_000;

    private final Random random = new Random(2);
    private final FileKeys keys;
    private final Tally tally;

    CallCampaign() {
        this(FileKeys.NONE);
    }

    /** @param keys of the files, or none */
    CallCampaign(final FileKeys keys) {
        this.keys = keys;
        this.tally = new Tally("failed calls, dropped writes" + (keys.isOn() ? ", encrypted" : ""));
    }

    /**
     * Runs the script with every fault at call 1, 1 + step, ... up to the last call of the script.
     *
     * @param most the most points
     */
    Tally run(final int step, final int most) throws InterruptedException {
        for (int call = 1; tally.cases() < most; call += step) {
            boolean isBehindTheEnd = true;
            for (final Fault fault : Fault.values()) {
                isBehindTheEnd &= !point(fault, call);
            }
            if (isBehindTheEnd) {
                return tally;
            }
        }
        return tally;
    }

    /** One fault; whether the script made so many calls at all. */
    private boolean point(final Fault fault, final int call) throws InterruptedException {
        final SimulatedDisk disk = new SimulatedDisk();
        plan(disk, fault, call);
        final Set<Long> sent = new TreeSet<>();
        final Set<Long> acknowledged = new TreeSet<>();
        final String name = fault + " at call " + call;
        final Unforced unforced = Unforced.values()[random.nextInt(Unforced.values().length)];
        SimulatedDisk after = disk;
        boolean wasReached = false;
        try (ScriptWorld world = ScriptWorld.open(disk, keys)) {
            script(world, sent, acknowledged);
            wasReached = disk.calls() >= call;
            if (fault == Fault.FULL) {
                disk.heal();
                again(world, sent, acknowledged);
            }
            after = disk.crash(unforced, random);
        } catch (final DbException e) {
            after = disk.crash(unforced, random); // the disk failed while the world was opened
        } catch (final TimeoutException e) {
            tally.wrong(name + ": hangs, after " + sent.size() + " writes");
            return true;
        }
        wasReached |= disk.calls() >= call;
        check(after, keys, name + ", " + unforced, sent, acknowledged, tally);
        return wasReached;
    }

    private static void plan(final SimulatedDisk disk, final Fault fault, final int call) {
        switch (fault) {
            case ONCE -> disk.failOnce(call);
            case FOR_EVER -> disk.failFrom(call);
            case DROPPED -> disk.dropWhenForceFails().failOnce(call);
            case SHORT -> disk.moveAtMost(1_000).failFrom(call);
            case FULL -> disk.fullFrom(call);
        }
    }

    private static void script(final ScriptWorld world, final Set<Long> sent, final Set<Long> acknowledged)
            throws InterruptedException, TimeoutException {
        for (long value = 1; value <= VALUES; value++) {
            sent.add(value);
            try {
                world.add(value).get(HANG_S, TimeUnit.SECONDS);
                acknowledged.add(value);
            } catch (final java.util.concurrent.ExecutionException | DbException e) {
                // refused: it may be there or not
            }
            if (value % SNAPSHOT_EVERY == 0) {
                snapshot(world);
            }
        }
    }

    /** All is sent again under the same keys, until each is acknowledged: what was done is not done twice. */
    private static void again(final ScriptWorld world, final Set<Long> sent, final Set<Long> acknowledged)
            throws InterruptedException, TimeoutException {
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(HANG_S);
        for (final long value : sent) {
            boolean isDone = false;
            while (!isDone) {
                try {
                    world.add(value).get(HANG_S, TimeUnit.SECONDS);
                    isDone = true;
                } catch (final java.util.concurrent.ExecutionException | DbException e) {
                    if (System.nanoTime() - untilNs > 0) {
                        throw new TimeoutException("writes are not taken again: " + e.getMessage());
                    }
                    LockSupport.parkNanos(TRY_AGAIN_NS);
                }
            }
            acknowledged.add(value);
        }
    }

    private static void snapshot(final ScriptWorld world) {
        try {
            world.store().snapshotNow().result().join();
        } catch (final CompletionException e) {
            // the disk failed
        }
    }

    /** Reads the world that the disk holds. */
    static void check(
            final SimulatedDisk disk,
            final FileKeys keys,
            final String name,
            final Set<Long> sent,
            final Set<Long> acknowledged,
            final Tally tally) {
        try (ScriptWorld world = ScriptWorld.open(disk.heal(), keys)) {
            final Set<Long> values = world.values();
            if (values.containsAll(acknowledged) && sent.containsAll(values)) {
                tally.same();
            } else {
                tally.wrong(name + ": acknowledged=" + acknowledged + ", sent=" + sent + ", found=" + values);
            }
        } catch (final DbException e) {
            tally.wrong(name + ": does not start again: " + e.getMessage());
        }
    }
}
