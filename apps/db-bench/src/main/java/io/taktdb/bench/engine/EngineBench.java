package io.taktdb.bench.engine;

import io.taktdb.bench.fork.ChildJvm;
import io.taktdb.bench.report.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures one workload: all contenders start and warm up, each in its own JVM, then are measured in turns, round after
 * round, and at last their worlds are compared with what so many steps must have led to.
 *
 * <p>Threading: one thread.
 */
final class EngineBench {
    private final int rounds;
    private final long warmUpMs;
    private final Consumer<String> progress;

    /** What one contender came to. */
    record Outcome(String title, Samples nsPerStep, Samples bytesPerStep, long offHeapBytes) {}

    /**
     * @param progress is told what happens now
     */
    EngineBench(final int rounds, final long warmUpMs, final Consumer<String> progress) {
        this.rounds = rounds;
        this.warmUpMs = warmUpMs;
        this.progress = progress;
    }

    /**
     * Measures a workload.
     *
     * @return by contender, in their order
     * @throws IllegalStateException a contender ended, or its world is not as it must be
     */
    List<Outcome> run(final Workload workload) {
        final Map<Workload.Contender, ChildJvm> children = new LinkedHashMap<>();
        try {
            for (final Workload.Contender contender : workload.contenders()) {
                progress.accept(workload.name() + ": preparing " + contender.title());
                final ChildJvm child = start(workload, children.size());
                children.put(contender, child);
                child.ask("prepare " + warmUpMs);
            }
            final Map<Workload.Contender, Outcome> outcomes = new LinkedHashMap<>();
            children.forEach((contender, child) -> outcomes.put(
                    contender,
                    new Outcome(contender.title(), new Samples(), new Samples(), Long.parseLong(child.ask("bytes")))));
            progress.accept(workload.name() + ": measuring");
            for (int round = 0; round < rounds; round++) {
                children.forEach((contender, child) -> measure(child, outcomes.get(contender)));
            }
            children.forEach((contender, child) -> verify(workload, contender, child));
            return new ArrayList<>(outcomes.values());
        } finally {
            children.values().forEach(ChildJvm::close);
        }
    }

    private static ChildJvm start(final Workload workload, final int position) {
        final List<String> flags = new ArrayList<>(List.of(
                "-Xms" + workload.heapMb() + "m",
                "-Xmx" + workload.heapMb() + "m",
                "-XX:+UseSerialGC",
                "-XX:CompileCommand=quiet"));
        for (final String kernel : Workloads.KERNELS) {
            flags.add("-XX:CompileCommand=dontinline," + kernel);
        }
        flags.add("-Ddominion.show-banner=false");
        final String title =
                workload.name() + ", " + workload.contenders().get(position).title();
        return ChildJvm.start(title, flags, EngineChild.class, List.of(workload.name(), Integer.toString(position)));
    }

    private static void measure(final ChildJvm child, final Outcome outcome) {
        final String[] answer = child.ask("measure").split(" ", -1);
        outcome.nsPerStep().add(Double.parseDouble(answer[0]));
        outcome.bytesPerStep().add(Double.parseDouble(answer[1]));
    }

    private static void verify(final Workload workload, final Workload.Contender contender, final ChildJvm child) {
        final String answer = child.ask("verify");
        if (!answer.equals("ok")) {
            throw new IllegalStateException("contender is wrong: workload=" + workload.name() + ", contender="
                    + contender.title() + ", " + answer);
        }
    }
}
