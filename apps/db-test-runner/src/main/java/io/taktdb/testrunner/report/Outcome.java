package io.taktdb.testrunner.report;

import java.util.Locale;

/** What came of a step or a plan. */
public enum Outcome {
    PASSED,
    FAILED,
    SKIPPED;

    /** The word in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
