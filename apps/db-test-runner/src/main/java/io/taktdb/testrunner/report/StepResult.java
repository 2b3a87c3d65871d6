package io.taktdb.testrunner.report;

import java.util.List;

/**
 * What came of one run of one step.
 *
 * @param title the step's title, with the value it ran with if it is repeated
 * @param line where the step stands in its plan, from 1
 * @param covers behaviours that this run shows when it passes
 * @param text why it failed or was skipped, in several lines; empty when it passed
 */
public record StepResult(String title, int line, Outcome outcome, List<String> covers, double seconds, String text) {
    public StepResult {
        covers = List.copyOf(covers);
    }
}
