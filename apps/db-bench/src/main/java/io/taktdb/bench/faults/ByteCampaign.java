package io.taktdb.bench.faults;

import io.taktdb.bench.faults.ScriptWorld.Stored;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.disk.SimulatedDisk.Unforced;
import io.taktdb.persistence.storage.FileKeys;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

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
    private final FileKeys keys;

    /**
     * Makes the world: two snapshots, and a journal with commits before, between and behind them.
     *
     * @param values how many commits
     */
    ByteCampaign(final int values) {
        this(values, FileKeys.NONE);
    }

    /** The same with encrypted files. */
    ByteCampaign(final int values, final FileKeys keys) {
        this.keys = keys;
        final SimulatedDisk machine = new SimulatedDisk();
        try (ScriptWorld world = ScriptWorld.open(machine, keys)) {
            for (long value = 1; value <= values; value++) {
                world.add(value).join();
                if (value == values / 2) {
                    world.store().snapshotNow().result().join();
                }
            }
            world.db().stop();
            disk = machine.crash(Unforced.KEPT, random);
            whole = ScriptWorld.read(disk.crash(Unforced.KEPT, random), keys);
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
        return run(step, 1, line -> {});
    }

    /**
     * The same on several threads.
     *
     * @param progress gets a line for each file
     */
    Tally run(final int step, final int threads, final Consumer<String> progress) throws IOException {
        final Tally tally = new Tally("flipped bits and cut files");
        for (final Path file : files()) {
            final List<Thread> running = new ArrayList<>();
            for (int part = 0; part < threads; part++) {
                final Damage damage = new Damage(this, file, step, part, threads, tally);
                final Thread thread = new Thread(damage, "damage-" + part);
                thread.start();
                running.add(thread);
            }
            running.forEach(ByteCampaign::join);
            progress.accept(file.getFileName() + ", " + disk.bytes(file).length + " bytes: " + tally);
        }
        return tally;
    }

    private static void join(final Thread thread) {
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A thread's part of one file's bits and lengths. */
    private record Damage(ByteCampaign campaign, Path file, int step, int part, int parts, Tally tally)
            implements Runnable {
        @Override
        public void run() {
            final byte[] bytes = campaign.disk.bytes(file);
            final Random random = new Random(part);
            int number = 0;
            for (long bit = 0; bit < bytes.length * 8L; bit += step == 1 ? 1 : 1 + random.nextInt(2 * step - 1)) {
                if (number++ % parts == part || step > 1) {
                    final byte[] flipped = bytes.clone();
                    flipped[(int) (bit >>> 3)] ^= (byte) (1 << (bit & 7));
                    campaign.check(file, flipped, "bit " + bit, tally);
                }
            }
            for (int length = 0; length < bytes.length; length += step == 1 ? 1 : 1 + random.nextInt(2 * step - 1)) {
                if (number++ % parts == part || step > 1) {
                    campaign.check(file, Arrays.copyOf(bytes, length), "length " + length, tally);
                }
            }
        }
    }

    private void check(final Path file, final byte[] bytes, final String what, final Tally tally) {
        final SimulatedDisk damaged = disk.crash(Unforced.KEPT, new Random(1));
        damaged.bytes(file, bytes);
        try {
            final Stored stored = ScriptWorld.read(damaged, keys);
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
