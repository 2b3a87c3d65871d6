package io.taktdb.bench.engine;

import io.taktdb.bench.report.Figure;
import io.taktdb.bench.report.Samples;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables that the engine's bench prints, and the figures that it stores. Threading: one thread. */
final class EngineReport {
    private final PrintWriter out;

    EngineReport(final PrintWriter out) {
        this.out = out;
    }

    /** Says where and how it is measured. */
    void head(final int rounds) {
        out.printf(
                "JDK %s (%s), %s, %d processors; processor time, medians of %d interleaved rounds%n",
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                rounds);
        out.flush();
    }

    /** Prints a workload. @return its figures: ours beside each other contender */
    List<Figure> add(final Workload workload, final List<EngineBench.Outcome> outcomes) {
        out.printf(
                Locale.ROOT,
                "%n%-18s %12s   %-23s %10s %12s%n",
                workload.name(),
                workload.unit(),
                "min .. max",
                "takt / it",
                "bytes/step");
        final List<Figure> figures = new ArrayList<>();
        final Samples ours = outcomes.get(0).nsPerStep();
        for (final EngineBench.Outcome outcome : outcomes) {
            final Samples its = outcome.nsPerStep();
            final double ratio = ours.medianRatio(its);
            out.printf(
                    Locale.ROOT,
                    "%-18s %12.4f   %9.4f .. %9.4f %10s %12.0f%n",
                    outcome.title(),
                    its.median() / workload.nsPerUnit(),
                    its.min() / workload.nsPerUnit(),
                    its.max() / workload.nsPerUnit(),
                    its == ours ? "" : String.format(Locale.ROOT, "%.3f", ratio),
                    outcome.bytesPerStep().median());
            if (its != ours) {
                figures.add(new Figure(
                        workload.name(),
                        ours.median() / workload.nsPerUnit(),
                        workload.unit(),
                        outcome.title(),
                        ratio));
            }
        }
        out.flush();
        return figures;
    }
}
