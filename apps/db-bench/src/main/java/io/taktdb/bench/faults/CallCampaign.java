package io.taktdb.bench.faults;

import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.disk.SimulatedDisk.Unforced;
import io.taktdb.types.error.DbException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
        SHORT
    }

    private final Random random = new Random(2);

    /**
     * Runs the script with every fault at call 1, 1 + step, ... up to the last call of the script.
     *
     * @param most the most points
     */
    Tally run(final int step, final int most) throws InterruptedException {
        final Tally tally = new Tally("failed calls, dropped writes");
        for (int call = 1; tally.cases() < most; call += step) {
            boolean isBehindTheEnd = true;
            for (final Fault fault : Fault.values()) {
                isBehindTheEnd &= !point(fault, call, tally);
            }
            if (isBehindTheEnd) {
                return tally;
            }
        }
        return tally;
    }

    /** One fault; whether the script made so many calls at all. */
    private boolean point(final Fault fault, final int call, final Tally tally) throws InterruptedException {
        final SimulatedDisk disk = new SimulatedDisk();
        plan(disk, fault, call);
        final Set<Long> sent = new TreeSet<>();
        final Set<Long> acknowledged = new TreeSet<>();
        final String name = fault + " at call " + call;
        final Unforced unforced = Unforced.values()[random.nextInt(Unforced.values().length)];
        SimulatedDisk after = disk;
        try (ScriptWorld world = ScriptWorld.open(disk)) {
            script(world, sent, acknowledged);
            after = disk.crash(unforced, random);
        } catch (final DbException e) {
            after = disk.crash(unforced, random); // the disk failed while the world was opened
        } catch (final TimeoutException e) {
            tally.wrong(name + ": hangs, after " + sent.size() + " writes");
            return true;
        }
        final boolean wasReached = disk.calls() >= call;
        check(after, name + ", " + unforced, sent, acknowledged, tally);
        return wasReached;
    }

    private static void plan(final SimulatedDisk disk, final Fault fault, final int call) {
        switch (fault) {
            case ONCE -> disk.failOnce(call);
            case FOR_EVER -> disk.failFrom(call);
            case DROPPED -> disk.dropWhenForceFails().failOnce(call);
            case SHORT -> disk.moveAtMost(1_000).failFrom(call);
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
            if (value == VALUES / 2) {
                snapshot(world);
            }
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
            final String name,
            final Set<Long> sent,
            final Set<Long> acknowledged,
            final Tally tally) {
        try (ScriptWorld world = ScriptWorld.open(disk.heal())) {
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
