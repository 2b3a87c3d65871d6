package io.taktdb.bench.engine;

import io.taktdb.bench.engine.Workload.Contender;
import io.taktdb.bench.kernel.KernelBench;
import io.taktdb.bench.kernel.MovementScenario;
import io.taktdb.bench.micro.ByIdMicro;
import io.taktdb.bench.micro.DirectoryMicro;
import io.taktdb.bench.micro.LeaseMicro;
import io.taktdb.bench.micro.PublishMicro;
import io.taktdb.bench.mobs.ArtemisMobs;
import io.taktdb.bench.mobs.DominionMobs;
import io.taktdb.bench.mobs.Mobs.Action;
import io.taktdb.bench.mobs.ObjectMobs;
import io.taktdb.bench.mobs.SqliteMobs;
import io.taktdb.bench.mobs.TableMobs;
import io.taktdb.bench.movers.ArrayMovers;
import io.taktdb.bench.movers.DoubleBufferMovers;
import io.taktdb.bench.movers.TableMovers;
import io.taktdb.bench.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All workloads of {@code takt bench engine}, by name. */
public final class Workloads {
    private static final int TEN_THOUSAND = 10_000;
    private static final int MILLION = 1_000_000;
    private static final int HEAP_MB = 1024;
    private static final int LARGE_HEAP_MB = 3072;

    static final List<Workload> ALL = all();

    /** Code that stands for a user's and so is compiled on its own, as when the engine calls it by an interface. */
    public static final List<String> KERNELS = kernels();

    private Workloads() {}

    /** The workload of this name. */
    static Workload named(final String name) {
        return ALL.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown workload: " + name));
    }

    /**
     * Makes the world of a contender.
     *
     * @param takt ours; else that of the first peer
     */
    public static Scenario scenario(final String name, final boolean takt) {
        return named(name).contenders().stream()
                .filter(contender -> contender.title().startsWith("takt") == takt)
                .findFirst()
                .orElseThrow()
                .make()
                .get();
    }

    private static List<String> kernels() {
        final List<String> kernels = new ArrayList<>(KernelBench.KERNELS);
        kernels.add(TableMovers.class.getName() + "::moveChunk");
        kernels.add(ArrayMovers.class.getName() + "::move");
        kernels.add(TableMobs.class.getName() + "::healChunk");
        kernels.add(TableMobs.class.getName() + "::countChunk");
        return List.copyOf(kernels);
    }

    private static List<Workload> all() {
        final List<Workload> all = new ArrayList<>();
        all.add(movement("movement.10k", TEN_THOUSAND, HEAP_MB));
        all.add(movement("movement.1M", MILLION, HEAP_MB));
        all.add(movement("movement.4M", 4 * MILLION, LARGE_HEAP_MB));
        all.add(commit("commit.all.1M", MILLION, MILLION, HEAP_MB));
        all.add(commit("commit.1pct.1M", MILLION, MILLION / 100, HEAP_MB));
        all.add(commit("commit.0.1pct.1M", MILLION, MILLION / 1000, HEAP_MB));
        all.add(commit("commit.all.4M", 4 * MILLION, 4 * MILLION, LARGE_HEAP_MB));
        all.add(commit("commit.1pct.4M", 4 * MILLION, 4 * MILLION / 100, LARGE_HEAP_MB));
        all.add(mobs("heal.1M", Action.HEAL, MILLION, "ns/row"));
        all.add(mobs("filter.1M", Action.FILTER, MILLION, "ns/row"));
        all.add(mobs("keyed.1M", Action.KEYED, TEN_THOUSAND, "ns/update"));
        all.add(churn());
        all.add(micro(
                "lease.1t",
                LeaseMicro.LEASES,
                "reference count",
                () -> LeaseMicro.epochs(1),
                () -> LeaseMicro.counter(1)));
        all.add(micro(
                "lease.2t",
                LeaseMicro.LEASES,
                "reference count",
                () -> LeaseMicro.epochs(2),
                () -> LeaseMicro.counter(2)));
        all.add(micro("publish.2048", 1, "flat directory", PublishMicro::new, DirectoryMicro::new));
        all.add(micro("byid.1M", ByIdMicro.READS, "flat array", () -> new ByIdMicro(false), () -> new ByIdMicro(true)));
        all.add(scale("scale.10k", TEN_THOUSAND, HEAP_MB));
        all.add(scale("scale.100k", 10 * TEN_THOUSAND, HEAP_MB));
        all.add(scale("scale.1M", MILLION, HEAP_MB));
        all.add(scale("scale.10M", 10 * MILLION, LARGE_HEAP_MB));
        return List.copyOf(all);
    }

    private static Workload micro(
            final String name,
            final int perStep,
            final String peer,
            final Supplier<Scenario> ours,
            final Supplier<Scenario> its) {
        return new Workload(
                name, "ns", perStep, HEAP_MB, List.of(new Contender("takt", ours), new Contender(peer, its)));
    }

    /** In place, without a commit. */
    private static Workload movement(final String name, final int rows, final int heapMb) {
        return new Workload(
                name,
                Workload.NS_PER_ROW,
                rows,
                heapMb,
                List.of(
                        new Contender("takt", () -> MovementScenario.takt(rows)),
                        new Contender("float[]", () -> MovementScenario.floatArrays(rows)),
                        new Contender("artemis-odb", () -> MovementScenario.artemis(rows)),
                        new Contender("dominion", () -> MovementScenario.dominion(rows))));
    }

    private static Workload commit(final String name, final int rows, final int moved, final int heapMb) {
        return new Workload(
                name,
                Workload.MS_PER_COMMIT,
                1e6,
                heapMb,
                List.of(
                        new Contender("takt", () -> new TableMovers(rows, moved, false)),
                        new Contender("takt, slow reader", () -> new TableMovers(rows, moved, true)),
                        new Contender("in place", () -> new ArrayMovers(rows, moved)),
                        new Contender("double buffer", () -> new DoubleBufferMovers(rows, moved))));
    }

    private static Workload mobs(final String name, final Action action, final int perStep, final String unit) {
        return new Workload(
                name,
                unit,
                perStep,
                HEAP_MB,
                List.of(
                        new Contender("takt", () -> new TableMobs(action, MILLION)),
                        new Contender("artemis-odb", () -> new ArtemisMobs(action, MILLION)),
                        new Contender("dominion", () -> new DominionMobs(action, MILLION)),
                        new Contender("HashMap", () -> new ObjectMobs(action, MILLION)),
                        new Contender("SQLite", () -> new SqliteMobs(action, MILLION))));
    }

    /** With the writes of clients, too: each birth and each death a transaction of its own. */
    private static Workload churn() {
        final Workload batch = mobs("churn.100k", Action.CHURN, MILLION / 10, "ns/pair");
        final List<Contender> contenders = new ArrayList<>(batch.contenders());
        contenders.add(1, new Contender("takt, one by one", () -> new TableMobs(Action.CHURN, MILLION, true)));
        return new Workload(batch.name(), batch.unit(), MILLION / 10, HEAP_MB, contenders);
    }

    /** Whole commits of all rows, by row. */
    private static Workload scale(final String name, final int rows, final int heapMb) {
        return new Workload(
                name,
                Workload.NS_PER_ROW,
                rows,
                heapMb,
                List.of(
                        new Contender("takt", () -> new TableMovers(rows, rows, false)),
                        new Contender("double buffer", () -> new DoubleBufferMovers(rows, rows))));
    }
}
