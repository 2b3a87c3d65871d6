package io.taktdb.runtime.command;

import io.taktdb.runtime.procedure.Procedure;
import io.taktdb.runtime.procedure.Registry;

/** The call of a procedure as Java code makes it: by a record. Threading: none of its own. */
public final class CallCommand {
    private CallCommand() {}

    /**
     * Encodes a call.
     *
     * @throws io.taktdb.types.error.DbException PROCEDURE_NOT_FOUND; SCHEMA_MISMATCH another record
     */
    public static CommandWriter of(final Registry registry, final String procedure, final Record parameters) {
        final Procedure<?, ?> found = registry.procedure(procedure);
        if (found == null) {
            throw registry.procedureNotFound(procedure);
        }
        final CommandWriter command = new CommandWriter();
        command.beginCall(procedure);
        found.write(parameters, command.row());
        command.endRow();
        return command;
    }
}
