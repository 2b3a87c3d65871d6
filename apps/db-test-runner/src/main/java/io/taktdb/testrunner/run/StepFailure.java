package io.taktdb.testrunner.run;

/** A step did not do what the plan expects. The text is for people, in several lines. */
final class StepFailure extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailure(final String text) {
        super(text, null, false, false);
    }
}
