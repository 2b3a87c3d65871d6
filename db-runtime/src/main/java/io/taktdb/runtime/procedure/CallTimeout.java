package io.taktdb.runtime.procedure;

/**
 * Ends a call that took longer than it may. An {@link Error}, so that code which catches exceptions in a loop does not
 * go on with it. Threading: none of its own.
 */
public final class CallTimeout extends Error {
    private static final long serialVersionUID = 1;

    CallTimeout(final String message) {
        super(message);
    }
}
