package io.taktdb.persistence;

import io.taktdb.persistence.journal.JournalConfig;
import io.taktdb.persistence.snapshot.SnapshotWriter;
import io.taktdb.persistence.storage.FileKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * What a world store is opened with.
 *
 * @param folder the data folder; made if need be
 * @param snapshotInterval how long after a snapshot the next is taken if the world changed; zero: on request and at the
 *     end only
 * @param keepSnapshots how many snapshots stay
 * @param newSeed the seed of random numbers of a world that is new
 * @param journal how the journal is kept
 * @param isSalvage whether a start may give up what is damaged, and what follows it
 * @param fullSnapshots every so many-th snapshot has all pages, those between only what changed
 * @param keys what files are encrypted with
 */
public record StoreConfig(
        Path folder,
        Duration snapshotInterval,
        int keepSnapshots,
        long newSeed,
        JournalConfig journal,
        boolean isSalvage,
        int fullSnapshots,
        FileKeys keys) {
    /** The default of {@code snapshotInterval}. */
    public static final Duration DEFAULT_SNAPSHOT_INTERVAL = Duration.ofSeconds(60);

    /** The default of {@code keepSnapshots}. */
    public static final int DEFAULT_KEEP_SNAPSHOTS = 3;

    public StoreConfig {
        if (snapshotInterval.isNegative()) {
            throw new IllegalArgumentException("interval is negative: snapshotInterval=" + snapshotInterval);
        }
        if (keepSnapshots < 1) {
            throw new IllegalArgumentException("at least one snapshot must stay: keepSnapshots=" + keepSnapshots);
        }
        if (fullSnapshots < 1) {
            throw new IllegalArgumentException("every snapshot is the most: fullSnapshots=" + fullSnapshots);
        }
    }

    /** A world with the default of full snapshots. */
    public StoreConfig(
            final Path folder,
            final Duration snapshotInterval,
            final int keepSnapshots,
            final long newSeed,
            final JournalConfig journal,
            final boolean isSalvage) {
        this(
                folder,
                snapshotInterval,
                keepSnapshots,
                newSeed,
                journal,
                isSalvage,
                SnapshotWriter.DEFAULT_FULL_EVERY,
                FileKeys.NONE);
    }

    /** A world with the default journal. */
    public StoreConfig(
            final Path folder, final Duration snapshotInterval, final int keepSnapshots, final long newSeed) {
        this(folder, snapshotInterval, keepSnapshots, newSeed, JournalConfig.ON, false);
    }

    /** The defaults, with a seed of its own for a world that is new. */
    public static StoreConfig of(final Path folder) {
        return new StoreConfig(
                folder, DEFAULT_SNAPSHOT_INTERVAL, DEFAULT_KEEP_SNAPSHOTS, new SecureRandom().nextLong());
    }

    /** The same with another interval. */
    public StoreConfig withSnapshotInterval(final Duration interval) {
        return new StoreConfig(folder, interval, keepSnapshots, newSeed, journal, isSalvage, fullSnapshots, keys);
    }

    /** The same with another number of snapshots to keep. */
    public StoreConfig withKeepSnapshots(final int keep) {
        return new StoreConfig(folder, snapshotInterval, keep, newSeed, journal, isSalvage, fullSnapshots, keys);
    }

    /** The same with another seed for a new world. */
    public StoreConfig withNewSeed(final long seed) {
        return new StoreConfig(folder, snapshotInterval, keepSnapshots, seed, journal, isSalvage, fullSnapshots, keys);
    }

    /** The same with another journal. */
    public StoreConfig withJournal(final JournalConfig config) {
        return new StoreConfig(
                folder, snapshotInterval, keepSnapshots, newSeed, config, isSalvage, fullSnapshots, keys);
    }

    /** The same, but damage and what follows it is given up. */
    public StoreConfig withSalvage(final boolean wish) {
        return new StoreConfig(folder, snapshotInterval, keepSnapshots, newSeed, journal, wish, fullSnapshots, keys);
    }

    /** The same with another number of snapshots from one full one to the next. */
    public StoreConfig withFullSnapshots(final int every) {
        return new StoreConfig(folder, snapshotInterval, keepSnapshots, newSeed, journal, isSalvage, every, keys);
    }

    /** The same, but files are encrypted. */
    public StoreConfig withKeys(final FileKeys fileKeys) {
        return new StoreConfig(
                folder, snapshotInterval, keepSnapshots, newSeed, journal, isSalvage, fullSnapshots, fileKeys);
    }
}
