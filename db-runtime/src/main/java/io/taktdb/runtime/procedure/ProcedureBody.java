package io.taktdb.runtime.procedure;

/**
 * What a procedure does. Runs on the tick thread in a transaction of its own: whatever it throws takes back all that it
 * did.
 */
@FunctionalInterface
public interface ProcedureBody<P extends Record, R> {
    R call(ProcedureContext context, P parameters);
}
