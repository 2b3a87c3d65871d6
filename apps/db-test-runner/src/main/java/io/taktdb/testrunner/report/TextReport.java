package io.taktdb.testrunner.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Tells results to people: a line a plan, and all of what went wrong. Threading: one thread. */
public final class TextReport {
    private final PrintStream out;

    public TextReport(final PrintStream out) {
        this.out = out;
    }

    /** One plan, as soon as it ended. */
    public void plan(final PlanResult result) {
        out.printf(
                Locale.ROOT,
                "%-7s %s  %s  (%d steps, %.1f s)%n",
                result.outcome().word(),
                result.plan().file().getFileName(),
                result.plan().title(),
                result.steps().size(),
                result.seconds());
        final List<StepResult> skipped = result.steps().stream()
                .filter(step -> step.outcome() == Outcome.SKIPPED)
                .toList();
        result.steps().stream().filter(step -> step.outcome() == Outcome.FAILED).forEach(step -> step(result, step));
        if (!skipped.isEmpty()) {
            step(result, skipped.get(0));
        }
        if (skipped.size() > 1) {
            out.println("  skipped: " + (skipped.size() - 1) + " more");
        }
        if (!result.serverLog().isEmpty()) {
            out.println("    the server's last lines:");
            indented("      ", result.serverLog());
        }
    }

    /** The end: how many plans, and the counts of steps as the last line. */
    public void end(final Report report) {
        final long green = report.plans().stream()
                .filter(plan -> plan.outcome() != Outcome.FAILED)
                .count();
        out.println();
        out.println(report.plans().size() + " plans, " + (report.plans().size() - green) + " of them failed; steps:");
        out.println(report.summary());
    }

    private void step(final PlanResult result, final StepResult step) {
        out.println("  " + step.outcome().word() + ": " + step.title() + "  ("
                + result.plan().file() + ":" + step.line() + ")");
        indented("    ", step.text());
    }

    private void indented(final String indent, final String text) {
        text.lines().forEach(line -> out.println((indent + line).stripTrailing()));
    }
}
