package io.taktdb.testrunner.plan;

import java.util.List;

/** A plan file that is none: all its faults, each as {@code file:line: fact; what to do about it}. */
public final class InvalidPlanException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    public InvalidPlanException(final List<String> faults) {
        super(String.join(System.lineSeparator(), faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    public List<String> faults() {
        return faults;
    }
}
