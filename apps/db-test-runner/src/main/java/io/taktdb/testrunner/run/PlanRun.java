package io.taktdb.testrunner.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.testrunner.match.Comparison;
import io.taktdb.testrunner.plan.Action;
import io.taktdb.testrunner.plan.Step;
import io.taktdb.testrunner.report.Outcome;
import io.taktdb.testrunner.report.StepResult;
import io.taktdb.testrunner.server.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the steps of one plan in order.
 *
 * <p>A step that expects something and fails does not stop the plan: what follows may well hold. After a preparation
 * (no {@code expect}) that fails, or when the server does not answer, the rest is skipped. Threading: one thread.
 */
final class PlanRun {
    private final Scope scope = new Scope();
    private final List<StepResult> results = new ArrayList<>();
    private final StepRun run;
    private String stopped;

    PlanRun(final TestServer server) {
        run = new StepRun(server, scope);
    }

    List<StepResult> run(final List<Step> steps) {
        runAll(steps, "");
        return results;
    }

    /** All steps skipped, for the same reason. */
    static List<StepResult> skipped(final List<Step> steps, final String reason) {
        final PlanRun run = new PlanRun(null);
        run.stopped = reason;
        return run.run(steps);
    }

    private void runAll(final List<Step> steps, final String label) {
        steps.forEach(step -> repeat(step, label));
    }

    private void repeat(final Step step, final String label) {
        if (step.repeat() == null || stopped != null) {
            runOnce(step, label);
            return;
        }
        final String name = step.repeat().as();
        final JsonNode outer = scope.get(name);
        try {
            for (final JsonNode value : scope.fill(step.repeat().each())) {
                scope.set(name, value);
                runOnce(step, label + " [" + Comparison.shown(value) + "]");
            }
        } catch (final Scope.MissingVariable e) {
            add(step, label, Outcome.SKIPPED, 0, e.getMessage());
        } finally {
            scope.set(name, outer);
        }
    }

    private void runOnce(final Step step, final String label) {
        if (step.action() instanceof Action.Group group) {
            final int first = results.size();
            runAll(group.steps(), label);
            coverByGroup(step.covers(), first);
            return;
        }
        if (stopped != null) {
            add(step, label, Outcome.SKIPPED, 0, stopped);
            return;
        }
        final long startNs = System.nanoTime();
        Outcome outcome = Outcome.PASSED;
        String text = "";
        try {
            run.run(step);
        } catch (final StepFailure e) {
            outcome = Outcome.FAILED;
            text = e.getMessage();
            stopped = step.expect() == null && !(step.action() instanceof Action.Sql)
                    ? "a preparation failed: " + step.title()
                    : null;
        } catch (final IOException e) {
            outcome = Outcome.FAILED;
            text = "no answer: " + e;
            stopped = "the server did not answer: " + step.title();
        } catch (final Scope.MissingVariable e) {
            outcome = Outcome.SKIPPED;
            text = e.getMessage();
        }
        add(step, label, outcome, (System.nanoTime() - startNs) / 1e9, text);
    }

    /** What a group covers, each of its steps must show. */
    private void coverByGroup(final List<String> covers, final int first) {
        for (int i = first; i < results.size(); i++) {
            final StepResult one = results.get(i);
            final List<String> all = new ArrayList<>(one.covers());
            all.addAll(covers);
            results.set(i, new StepResult(one.title(), one.line(), one.outcome(), all, one.seconds(), one.text()));
        }
    }

    private void add(
            final Step step, final String label, final Outcome outcome, final double seconds, final String text) {
        results.add(new StepResult(title(step) + label, step.line(), outcome, step.covers(), seconds, text));
    }

    private String title(final Step step) {
        try {
            return scope.fill(step.title());
        } catch (final Scope.MissingVariable e) {
            return step.title();
        }
    }
}
