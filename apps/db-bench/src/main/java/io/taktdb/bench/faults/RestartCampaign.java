package io.taktdb.bench.faults;

import io.taktdb.bench.faults.ScriptWorld.Stored;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.disk.SimulatedDisk.Unforced;
import io.taktdb.persistence.storage.FileKeys;
import io.taktdb.types.error.DbException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Starts of a crashed world that crash themselves, at any call, also while they take their first snapshot: the next
 * start finds everything.
 *
 * <p>Threading: one thread.
 */
final class RestartCampaign {
    private static final int VALUES = 12;

    private final Random random = new Random(3);
    private final Set<Long> values = new TreeSet<>();
    private final SimulatedDisk crashed;

    RestartCampaign() {
        final SimulatedDisk disk = new SimulatedDisk();
        try (ScriptWorld world = ScriptWorld.open(disk)) {
            for (long value = 1; value <= VALUES; value++) {
                world.add(value).join();
                values.add(value);
                if (value == VALUES / 2) {
                    world.store().snapshotNow().result().join();
                }
            }
            crashed = disk.crash(Unforced.LOST, random);
        }
    }

    /** Crashes starts, at call 1, 2, ... and again from 1 until there were so many. */
    Tally run(final int crashes) {
        final Tally tally = new Tally("crashes of a start");
        final Stored before = ScriptWorld.read(crashed.crash(Unforced.KEPT, random));
        int call = 1;
        while (tally.cases() < crashes) {
            final SimulatedDisk machine = crashed.crash(Unforced.KEPT, random).failFrom(call);
            final boolean wasReached = start(machine, call);
            call = wasReached ? call + 1 : 1;
            final Unforced unforced = Unforced.values()[random.nextInt(Unforced.values().length)];
            final SimulatedDisk next = machine.crash(unforced, random).heal();
            final Stored after = read(next, call, tally);
            if (after != null && after.commit() < before.commit()) {
                tally.wrong("call " + call + ", " + unforced + ": " + after + " behind " + before);
            } else if (after != null) {
                CallCampaign.check(next, FileKeys.NONE, "call " + call + ", " + unforced, values, values, tally);
            }
        }
        return tally;
    }

    private static Stored read(final SimulatedDisk disk, final int call, final Tally tally) {
        try {
            return ScriptWorld.read(disk.crash(Unforced.KEPT, new Random(call)));
        } catch (final DbException e) {
            tally.wrong("call " + call + ": does not start again: " + e.getMessage());
            return null;
        }
    }

    private static boolean start(final SimulatedDisk machine, final int call) {
        try (ScriptWorld world = ScriptWorld.open(machine)) {
            world.store().snapshotNow().result().join();
        } catch (final DbException | java.util.concurrent.CompletionException e) {
            // it crashed, as planned
        }
        return machine.calls() >= call;
    }
}
