package io.taktdb.bench.faults;

import io.taktdb.bench.faults.ScriptWorld.Stored;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.disk.SimulatedDisk.Unforced;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Every bit of a small stored world flipped, and every file cut to every length: each is detected, or the world that is
 * read is the very same.
 *
 * <p>Threading: one thread.
 */
final class ByteCampaign {
    private final SimulatedDisk disk;
    private final Stored whole;
    private final Random random = new Random(1);

    /**
     * Makes the world: two snapshots, and a journal with commits before, between and behind them.
     *
     * @param values how many commits
     */
    ByteCampaign(final int values) {
        final SimulatedDisk machine = new SimulatedDisk();
        try (ScriptWorld world = ScriptWorld.open(machine)) {
            for (long value = 1; value <= values; value++) {
                world.add(value).join();
                if (value == values / 2) {
                    world.store().snapshotNow().result().join();
                }
            }
            world.db().stop();
            disk = machine.crash(Unforced.KEPT, random);
            whole = ScriptWorld.read(disk.crash(Unforced.KEPT, random));
            if (whole.stateHash() != world.stateHash()) {
                throw new IllegalStateException("replay gives another world: " + whole);
            }
        }
    }

    /** Files of the world. */
    List<Path> files() throws IOException {
        final List<Path> files = new ArrayList<>();
        collect(ScriptWorld.FOLDER, files);
        return files;
    }

    private void collect(final Path folder, final List<Path> files) throws IOException {
        for (final String name : disk.list(folder)) {
            final Path path = folder.resolve(name);
            if (name.startsWith("LOCK")) {
                continue;
            }
            if (disk.list(path).isEmpty()) {
                files.add(path);
            } else {
                collect(path, files);
            }
        }
    }

    /** Bits and lengths that there are. */
    long size() throws IOException {
        long sum = 0;
        for (final Path file : files()) {
            sum += disk.bytes(file).length * 9L;
        }
        return sum;
    }

    /** Flips bits and cuts files: every one, or every {@code step}-th on average. */
    Tally run(final int step) throws IOException {
        final Tally tally = new Tally("flipped bits and cut files");
        for (final Path file : files()) {
            final byte[] bytes = disk.bytes(file);
            for (long bit = random.nextInt(step); bit < bytes.length * 8L; bit += 1 + random.nextInt(2 * step - 1)) {
                final byte[] flipped = bytes.clone();
                flipped[(int) (bit >>> 3)] ^= (byte) (1 << (bit & 7));
                check(file, flipped, "bit " + bit, tally);
            }
            for (int length = random.nextInt(step); length < bytes.length; length += 1 + random.nextInt(2 * step - 1)) {
                check(file, Arrays.copyOf(bytes, length), "length " + length, tally);
            }
        }
        return tally;
    }

    private void check(final Path file, final byte[] bytes, final String what, final Tally tally) {
        final SimulatedDisk damaged = disk.crash(Unforced.KEPT, random);
        damaged.bytes(file, bytes);
        try {
            final Stored stored = ScriptWorld.read(damaged);
            if (stored.stateHash() == whole.stateHash() && stored.commit() == whole.commit()) {
                tally.same();
            } else {
                tally.wrong(file + " " + what + ": " + stored + " instead of " + whole);
            }
        } catch (final DbException e) {
            if (e.code() == ErrorCode.STORAGE_DAMAGED || e.code() == ErrorCode.STORAGE_FAILED) {
                tally.detected();
            } else {
                tally.wrong(file + " " + what + ": " + e);
            }
        } catch (final RuntimeException | OutOfMemoryError e) {
            tally.wrong(file + " " + what + ": " + e);
        }
    }
}
