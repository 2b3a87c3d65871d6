package io.taktdb.persistence;

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
 */
public record StoreConfig(Path folder, Duration snapshotInterval, int keepSnapshots, long newSeed) {
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
    }

    /** The defaults, with a seed of its own for a world that is new. */
    public static StoreConfig of(final Path folder) {
        return new StoreConfig(
                folder, DEFAULT_SNAPSHOT_INTERVAL, DEFAULT_KEEP_SNAPSHOTS, new SecureRandom().nextLong());
    }

    /** The same with another interval. */
    public StoreConfig withSnapshotInterval(final Duration interval) {
        return new StoreConfig(folder, interval, keepSnapshots, newSeed);
    }

    /** The same with another number of snapshots to keep. */
    public StoreConfig withKeepSnapshots(final int keep) {
        return new StoreConfig(folder, snapshotInterval, keep, newSeed);
    }

    /** The same with another seed for a new world. */
    public StoreConfig withNewSeed(final long seed) {
        return new StoreConfig(folder, snapshotInterval, keepSnapshots, seed);
    }
}
