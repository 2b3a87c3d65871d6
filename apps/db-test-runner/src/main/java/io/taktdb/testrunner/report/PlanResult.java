package io.taktdb.testrunner.report;

import io.taktdb.testrunner.plan.Plan;
import java.util.List;

/**
 * What came of one plan.
 *
 * @param serverLog the server's last lines if anything failed, else empty
 */
public record PlanResult(Plan plan, List<StepResult> steps, double seconds, String serverLog) {
    public PlanResult {
        steps = List.copyOf(steps);
    }

    /** Failed if any step did, passed if any did, else skipped. */
    public Outcome outcome() {
        if (count(Outcome.FAILED) > 0) {
            return Outcome.FAILED;
        }
        return count(Outcome.PASSED) > 0 ? Outcome.PASSED : Outcome.SKIPPED;
    }

    public long count(final Outcome outcome) {
        return steps.stream().filter(step -> step.outcome() == outcome).count();
    }
}
