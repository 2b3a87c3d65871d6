package io.taktdb.bench.jmh;

import io.taktdb.bench.engine.Workloads;
import io.taktdb.bench.micro.ByIdMicro;
import io.taktdb.bench.micro.LeaseMicro;
import io.taktdb.bench.mobs.Mobs;
import io.taktdb.bench.scenario.Scenario;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The kernels, in nanoseconds per row, update, pair, lease or read. JMH extends this class, so it is not final.
 *
 * <p>Threading: one thread in each fork.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineJmh {
    private static final int MILLION = 1_000_000;

    /** The world of one contender; at the end it is compared with what so many steps must have led to. */
    @State(Scope.Thread)
    public abstract static class World {
        /** {@code takt}, or {@code peer}: the first peer that {@code takt bench engine} names. */
        @Param({"takt", "peer"})
        public String contender;

        private final String workload;
        private Scenario scenario;
        private long steps;

        World(final String workload) {
            this.workload = workload;
        }

        /** Makes the world. */
        @Setup
        public void open() {
            scenario = Workloads.scenario(workload, contender.equals("takt"));
            steps = 0;
        }

        /** Compares and closes it. */
        @TearDown
        public void close() {
            final String problem = scenario.problem(steps);
            scenario.close();
            if (problem != null) {
                throw new IllegalStateException(
                        "contender is wrong: workload=" + workload + ", contender=" + contender + ", " + problem);
            }
        }

        final void step() {
            scenario.step();
            steps++;
        }
    }

    /** See {@code movement.1M}. */
    @State(Scope.Thread)
    public static class Movement extends World {
        public Movement() {
            super("movement.1M");
        }
    }

    /** See {@code heal.1M}. */
    @State(Scope.Thread)
    public static class Heal extends World {
        public Heal() {
            super("heal.1M");
        }
    }

    /** See {@code filter.1M}. */
    @State(Scope.Thread)
    public static class Filter extends World {
        public Filter() {
            super("filter.1M");
        }
    }

    /** See {@code keyed.1M}. */
    @State(Scope.Thread)
    public static class Keyed extends World {
        public Keyed() {
            super("keyed.1M");
        }
    }

    /** See {@code churn.100k}. */
    @State(Scope.Thread)
    public static class Churn extends World {
        public Churn() {
            super("churn.100k");
        }
    }

    /** See {@code lease.1t}. */
    @State(Scope.Thread)
    public static class Lease extends World {
        public Lease() {
            super("lease.1t");
        }
    }

    /** See {@code byid.1M}. */
    @State(Scope.Thread)
    public static class ById extends World {
        public ById() {
            super("byid.1M");
        }
    }

    @Benchmark
    @OperationsPerInvocation(MILLION)
    public void movement(final Movement world) {
        world.step();
    }

    @Benchmark
    @OperationsPerInvocation(MILLION)
    public void heal(final Heal world) {
        world.step();
    }

    @Benchmark
    @OperationsPerInvocation(MILLION)
    public void filter(final Filter world) {
        world.step();
    }

    @Benchmark
    @OperationsPerInvocation(Mobs.HITS)
    public void keyed(final Keyed world) {
        world.step();
    }

    @Benchmark
    @OperationsPerInvocation(Mobs.BIRTHS)
    public void churn(final Churn world) {
        world.step();
    }

    @Benchmark
    @OperationsPerInvocation(LeaseMicro.LEASES)
    public void lease(final Lease world) {
        world.step();
    }

    @Benchmark
    @OperationsPerInvocation(ByIdMicro.READS)
    public void byid(final ById world) {
        world.step();
    }
}
