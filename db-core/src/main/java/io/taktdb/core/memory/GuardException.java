package io.taktdb.core.memory;

/** A misuse of off-heap memory, found by the guard: a defect of the engine or of a user's unchecked code. */
public final class GuardException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    GuardException(final String message) {
        super(message);
    }
}
