package io.taktdb.runtime.tick;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.time.Duration;

/**
 * How the loop runs.
 *
 * @param tickRate ticks a second, {@value #MIN_RATE} to {@value #MAX_RATE}
 * @param workers threads that run systems, the tick thread included
 * @param queueCapacity the most commands that wait for the loop
 * @param queueBytes the most bytes that they have together
 * @param commandsPerCommit the most commands of one commit
 * @param maxLeaseAge leases that are held longer are reported and counted
 * @param aloneBelow systems that take less stay on the tick thread, since waking a worker costs more than it brings
 */
public record LoopConfig(
        int tickRate,
        CommitMode commits,
        int workers,
        int queueCapacity,
        long queueBytes,
        int commandsPerCommit,
        Duration maxLeaseAge,
        Duration aloneBelow) {
    public static final int MIN_RATE = 15;
    public static final int MAX_RATE = 120;
    public static final int DEFAULT_RATE = 60;
    public static final int DEFAULT_QUEUE_CAPACITY = 65_536;
    public static final long DEFAULT_QUEUE_BYTES = 256L << 20;
    public static final int DEFAULT_COMMANDS_PER_COMMIT = 4_096;
    public static final Duration DEFAULT_MAX_LEASE_AGE = Duration.ofSeconds(60);
    public static final Duration DEFAULT_ALONE_BELOW = Duration.ofNanos(200_000);

    public LoopConfig {
        requireRate(tickRate);
        if (workers < 1 || workers > 256) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST, "workers out of range: workers=" + workers + ", limit=1..256");
        }
        if (maxLeaseAge.isNegative() || maxLeaseAge.isZero()) {
            throw new DbException(ErrorCode.INVALID_REQUEST, "lease age must be positive: maxLeaseAge=" + maxLeaseAge);
        }
    }

    /** The defaults at a rate: commits on arrival, a worker for each core. */
    public static LoopConfig atRate(final int tickRate) {
        return new LoopConfig(
                tickRate,
                CommitMode.ARRIVAL,
                Runtime.getRuntime().availableProcessors(),
                DEFAULT_QUEUE_CAPACITY,
                DEFAULT_QUEUE_BYTES,
                DEFAULT_COMMANDS_PER_COMMIT,
                DEFAULT_MAX_LEASE_AGE,
                DEFAULT_ALONE_BELOW);
    }

    /** The same with another number of workers. */
    public LoopConfig withWorkers(final int count) {
        return new LoopConfig(
                tickRate, commits, count, queueCapacity, queueBytes, commandsPerCommit, maxLeaseAge, aloneBelow);
    }

    /** The same with another commit mode. */
    public LoopConfig withCommits(final CommitMode mode) {
        return new LoopConfig(
                tickRate, mode, workers, queueCapacity, queueBytes, commandsPerCommit, maxLeaseAge, aloneBelow);
    }

    /** The same with another age at which leases are reported. */
    public LoopConfig withMaxLeaseAge(final Duration age) {
        return new LoopConfig(
                tickRate, commits, workers, queueCapacity, queueBytes, commandsPerCommit, age, aloneBelow);
    }

    /** The same with another bound under which systems stay on the tick thread. */
    public LoopConfig withAloneBelow(final Duration bound) {
        return new LoopConfig(
                tickRate, commits, workers, queueCapacity, queueBytes, commandsPerCommit, maxLeaseAge, bound);
    }

    /**
     * The rate itself, if it is in range.
     *
     * @throws DbException INVALID_REQUEST
     */
    public static int requireRate(final int rate) {
        if (rate < MIN_RATE || rate > MAX_RATE) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST,
                    "tick rate out of range: tickRate=" + rate + ", limit=" + MIN_RATE + ".." + MAX_RATE);
        }
        return rate;
    }
}
