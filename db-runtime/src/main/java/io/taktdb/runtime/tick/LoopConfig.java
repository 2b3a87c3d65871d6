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
 * @param hashTicks after so many ticks the state is hashed, beside the loop; 0: never
 * @param callLimit calls of procedures that take longer are taken back as soon as they touch a table, or return; zero:
 *     they are reported only
 */
public record LoopConfig(
        int tickRate,
        CommitMode commits,
        int workers,
        int queueCapacity,
        long queueBytes,
        int commandsPerCommit,
        Duration maxLeaseAge,
        Duration aloneBelow,
        int hashTicks,
        Duration callLimit) {
    public static final int MIN_RATE = 15;
    public static final int MAX_RATE = 120;
    public static final int DEFAULT_RATE = 60;
    public static final int DEFAULT_QUEUE_CAPACITY = 65_536;
    public static final long DEFAULT_QUEUE_BYTES = 256L << 20;
    public static final int DEFAULT_COMMANDS_PER_COMMIT = 4_096;
    public static final Duration DEFAULT_MAX_LEASE_AGE = Duration.ofSeconds(60);
    public static final Duration DEFAULT_ALONE_BELOW = Duration.ofNanos(200_000);

    public static final int DEFAULT_HASH_TICKS = 60;
    public static final int MAX_HASH_TICKS = 1_000_000;

    public LoopConfig {
        requireRate(tickRate);
        if (workers < 1 || workers > 256) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST, "workers out of range: workers=" + workers + ", limit=1..256");
        }
        if (maxLeaseAge.isNegative() || maxLeaseAge.isZero()) {
            throw new DbException(ErrorCode.INVALID_REQUEST, "lease age must be positive: maxLeaseAge=" + maxLeaseAge);
        }
        if (hashTicks < 0 || hashTicks > MAX_HASH_TICKS) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST,
                    "ticks between hashes out of range: hashTicks=" + hashTicks + ", limit=0.." + MAX_HASH_TICKS);
        }
        if (callLimit.isNegative()) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST, "limit of calls must not be negative: callLimit=" + callLimit);
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
                DEFAULT_ALONE_BELOW,
                DEFAULT_HASH_TICKS,
                Duration.ZERO);
    }

    /** The same with another number of workers. */
    public LoopConfig withWorkers(final int count) {
        return new LoopConfig(
                tickRate,
                commits,
                count,
                queueCapacity,
                queueBytes,
                commandsPerCommit,
                maxLeaseAge,
                aloneBelow,
                hashTicks,
                callLimit);
    }

    /** The same with another commit mode. */
    public LoopConfig withCommits(final CommitMode mode) {
        return new LoopConfig(
                tickRate,
                mode,
                workers,
                queueCapacity,
                queueBytes,
                commandsPerCommit,
                maxLeaseAge,
                aloneBelow,
                hashTicks,
                callLimit);
    }

    /** The same with another age at which leases are reported. */
    public LoopConfig withMaxLeaseAge(final Duration age) {
        return new LoopConfig(
                tickRate,
                commits,
                workers,
                queueCapacity,
                queueBytes,
                commandsPerCommit,
                age,
                aloneBelow,
                hashTicks,
                callLimit);
    }

    /** The same with another bound under which systems stay on the tick thread. */
    public LoopConfig withAloneBelow(final Duration bound) {
        return new LoopConfig(
                tickRate,
                commits,
                workers,
                queueCapacity,
                queueBytes,
                commandsPerCommit,
                maxLeaseAge,
                bound,
                hashTicks,
                callLimit);
    }

    /** The same with another number of ticks from hash to hash; 0 for no hashes. */
    public LoopConfig withHashTicks(final int ticks) {
        return new LoopConfig(
                tickRate,
                commits,
                workers,
                queueCapacity,
                queueBytes,
                commandsPerCommit,
                maxLeaseAge,
                aloneBelow,
                ticks,
                callLimit);
    }

    /** The same with another limit for calls; zero for none. */
    public LoopConfig withCallLimit(final Duration limit) {
        return new LoopConfig(
                tickRate,
                commits,
                workers,
                queueCapacity,
                queueBytes,
                commandsPerCommit,
                maxLeaseAge,
                aloneBelow,
                hashTicks,
                limit);
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
