package io.taktdb.testrunner.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of all plans. Steps are what is counted: each run of a repeated step is one. */
public record Report(List<PlanResult> plans) {
    public Report {
        plans = List.copyOf(plans);
    }

    public long count(final Outcome outcome) {
        return plans.stream().mapToLong(plan -> plan.count(outcome)).sum();
    }

    public boolean isGreen() {
        return count(Outcome.FAILED) == 0;
    }

    /** The closing line of every run: {@code N passed, N failed, N skipped}. */
    public String summary() {
        return count(Outcome.PASSED) + " passed, " + count(Outcome.FAILED) + " failed, " + count(Outcome.SKIPPED)
                + " skipped";
    }

    /**
     * Each covered behaviour with what came of it: failed if anything that covers it failed, passed if all passed.
     *
     * <p>A plan's own {@code covers} stand for all its steps.
     */
    public Map<String, Outcome> behaviours() {
        final Map<String, Outcome> behaviours = new TreeMap<>();
        for (final PlanResult plan : plans) {
            final Outcome whole = plan.count(Outcome.SKIPPED) > 0 && plan.outcome() == Outcome.PASSED
                    ? Outcome.SKIPPED
                    : plan.outcome();
            plan.plan().covers().forEach(name -> behaviours.merge(name, whole, Report::worse));
            plan.steps()
                    .forEach(step ->
                            step.covers().forEach(name -> behaviours.merge(name, step.outcome(), Report::worse)));
        }
        return behaviours;
    }

    private static Outcome worse(final Outcome one, final Outcome other) {
        if (one == Outcome.FAILED || other == Outcome.FAILED) {
            return Outcome.FAILED;
        }
        return one == Outcome.SKIPPED ? one : other;
    }
}
