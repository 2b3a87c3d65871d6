package io.taktdb.api.rpc;

import io.taktdb.api.http.Role;
import io.taktdb.api.json.PlainValueWriter;
import io.taktdb.api.json.ProcedureCall;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;

/** Calls a procedure of the world, which may touch any table. Threading: any thread, many at once. */
final class ProcedureMethod implements RpcMethod {
    /** First size of the buffer of a call. */
    static final int TYPICAL_BYTES = 128;

    private final TaktDb db;

    ProcedureMethod(final TaktDb db) {
        this.db = db;
    }

    @Override
    public Role role() {
        return Role.WRITE;
    }

    @Override
    public void call(final RpcCall call) throws IOException {
        call.caller().requireAllTables();
        final CommandWriter prepared = call.prepared();
        call.submit(
                prepared == null ? command(call) : prepared,
                (json, done) -> PlainValueWriter.write(json, done.result()));
    }

    private CommandWriter command(final RpcCall call) throws IOException {
        final CommandWriter command = new CommandWriter(TYPICAL_BYTES);
        command.putAs(call.client());
        try {
            ProcedureCall.write(command, db.procedure(call.method()), call.params());
        } catch (final DbException e) {
            throw e.code() == ErrorCode.SCHEMA_MISMATCH ? new RpcError(RpcError.INVALID_PARAMS, e) : e;
        }
        return command;
    }
}
