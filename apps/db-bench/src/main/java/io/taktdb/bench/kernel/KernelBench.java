package io.taktdb.bench.kernel;

import io.taktdb.bench.fork.ChildJvm;
import io.taktdb.bench.report.Figure;
import io.taktdb.bench.report.Samples;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One run: all contenders start and warm up, then are measured in turns, round after round.
 *
 * <p>Threading: one thread.
 */
public final class KernelBench {
    /** How many rows, by the name of the figure. */
    static final Map<String, Integer> SIZES = sizes();

    /** Code that stands for a user's. */
    public static final List<String> KERNELS =
            List.of(TableMovement.class.getName() + "::move", FloatArrayMovement.class.getName() + "::move");

    /** Each kernel is compiled on its own, as a user's is that the engine calls through an interface. */
    private static final List<String> FLAGS = List.of(
            "-Xms2g",
            "-Xmx2g",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=dontinline," + KERNELS.get(0),
            "-XX:CompileCommand=dontinline," + KERNELS.get(1),
            "-Ddominion.show-banner=false");

    private final int rounds;
    private final Consumer<String> progress;
    private final Map<String, Map<Contender, Samples>> samples = new LinkedHashMap<>();

    /**
     * @param progress is told what happens now
     */
    KernelBench(final int rounds, final Consumer<String> progress) {
        this.rounds = rounds;
        this.progress = progress;
        SIZES.keySet().forEach(name -> {
            final Map<Contender, Samples> byContender = new EnumMap<>(Contender.class);
            for (final Contender contender : Contender.values()) {
                byContender.put(contender, new Samples());
            }
            samples.put(name, byContender);
        });
    }

    private static Map<String, Integer> sizes() {
        final Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put("movement.10k", 10_000);
        sizes.put("movement.1M", 1_000_000);
        return sizes;
    }

    /**
     * Measures all.
     *
     * @throws IllegalStateException a contender ended, or moved rows to where they do not belong
     */
    void run() {
        final Map<Contender, ChildJvm> children = new EnumMap<>(Contender.class);
        try {
            for (final Contender contender : Contender.values()) {
                children.put(
                        contender,
                        ChildJvm.start(contender.title(), FLAGS, ContenderMain.class, List.of(contender.name())));
            }
            prepare(children);
            for (int round = 1; round <= rounds; round++) {
                progress.accept("round " + round + " of " + rounds);
                measure(children);
            }
            verify(children);
        } finally {
            children.values().forEach(ChildJvm::close);
        }
    }

    private void prepare(final Map<Contender, ChildJvm> children) {
        children.forEach((contender, child) -> {
            progress.accept("warming up " + contender.title());
            SIZES.values().forEach(rows -> child.ask("prepare " + rows));
        });
    }

    private void measure(final Map<Contender, ChildJvm> children) {
        SIZES.forEach((name, rows) -> children.forEach((contender, child) ->
                samples.get(name).get(contender).add(Double.parseDouble(child.ask("measure " + rows)))));
    }

    private void verify(final Map<Contender, ChildJvm> children) {
        progress.accept("verifying");
        SIZES.values()
                .forEach(rows -> children.forEach((contender, child) -> {
                    final String answer = child.ask("verify " + rows);
                    if (!answer.equals("ok")) {
                        throw new IllegalStateException("contender is wrong: contender=" + contender.title() + ", rows="
                                + rows + ", " + answer);
                    }
                }));
    }

    /** ns/row of a contender. */
    Samples samples(final String name, final Contender contender) {
        return samples.get(name).get(contender);
    }

    /** Ours beside each peer. */
    List<Figure> figures() {
        final List<Figure> figures = new ArrayList<>();
        samples.forEach((name, byContender) -> byContender.forEach((contender, peer) -> {
            final Samples ours = byContender.get(Contender.TAKT);
            if (contender != Contender.TAKT) {
                figures.add(new Figure(name, ours.median(), "ns/row", contender.title(), ours.medianRatio(peer)));
            }
        }));
        return figures;
    }
}
