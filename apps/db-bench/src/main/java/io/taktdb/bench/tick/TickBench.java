package io.taktdb.bench.tick;

import io.taktdb.bench.fork.ChildJvm;
import io.taktdb.bench.report.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All cases, one after the other, each in a JVM of its own. Threading: one thread. */
final class TickBench {
    private static final List<String> KINDS = List.of("idle", "movers", "commands", "snapshot");
    private static final List<String> FLAGS = List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch");

    private final int seconds;
    private final int rows;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * @param seconds of each case
     * @param rows of the large world
     */
    TickBench(final int seconds, final int rows, final Consumer<String> progress) {
        this.seconds = seconds;
        this.rows = rows;
        this.progress = progress;
    }

    void run() {
        for (final int rate : new int[] {60, 120}) {
            KINDS.forEach(kind -> figures.addAll(measure(rate + "-" + kind)));
        }
        compare("work");
        compare("compute");
        figures.addAll(measure("arrival"));
    }

    /** The same with one worker and with two. */
    private void compare(final String kind) {
        final List<Figure> one = measure(kind + "-1");
        final List<Figure> two = measure(kind + "-2");
        for (int i = 0; i < one.size(); i++) {
            final Figure stage = two.get(i);
            figures.add(new Figure(
                    kind + '.' + stage.name() + ".2-workers.p50",
                    stage.value(),
                    "us",
                    "1-worker",
                    stage.value() / Math.max(0.001, one.get(i).value())));
        }
    }

    private List<Figure> measure(final String name) {
        progress.accept(name);
        final List<String> arguments = List.of(name, Integer.toString(seconds), Integer.toString(rows));
        try (ChildJvm child = ChildJvm.start(name, FLAGS, CaseMain.class, arguments)) {
            return Stream.of(child.ask("run").split(",", -1))
                    .map(CaseMain::figure)
                    .toList();
        }
    }

    /** What was measured so far. */
    List<Figure> figures() {
        return List.copyOf(figures);
    }
}
