package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.api.json.ProcedureCall;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.procedure.ProcedureInfo;
import io.taktdb.types.error.DbException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Takes a message apart, has each request done by its method, and sends the answers back together.
 *
 * <p>Methods built in go before procedures of the same name. Threading: any thread, many at once.
 */
final class RpcDispatcher {
    private final TaktDb db;
    private final Map<String, RpcMethod> builtIn;
    private final ProcedureMethod procedures;

    RpcDispatcher(final TaktDb db, final Map<String, RpcMethod> builtIn) {
        this.db = db;
        this.builtIn = Map.copyOf(builtIn);
        this.procedures = new ProcedureMethod(db);
    }

    /** Does what a message asks for. The bytes must stay as they are until this returns. */
    void dispatch(final byte[] bytes, final int offset, final int length, final RpcPeer peer) {
        final RpcMessage message;
        try {
            message = RpcMessage.read(bytes, offset, length, (method, parser) -> prepare(peer, method, parser));
        } catch (final RpcError e) {
            peer.answer(RpcCall.unreadable(peer, e), -1, -1);
            return;
        }
        final RpcBatch batch = new RpcBatch(peer, message);
        final List<RpcRequest> requests = message.requests();
        for (int i = 0; i < requests.size(); i++) {
            call(requests.get(i), i, peer, new RpcCall(requests.get(i), peer, batch, i));
        }
    }

    /** A call of a procedure, which needs nothing but its parameters; null for methods that are built in. */
    private CommandWriter prepare(final RpcPeer peer, final String method, final JsonParser parser) throws IOException {
        final ProcedureInfo procedure = builtIn.containsKey(method) ? null : db.procedure(method);
        if (procedure == null) {
            return null;
        }
        final CommandWriter command = new CommandWriter(ProcedureMethod.TYPICAL_BYTES);
        command.putAs(peer.client());
        ProcedureCall.write(command, procedure, parser);
        return command;
    }

    private void call(final RpcRequest request, final int place, final RpcPeer peer, final RpcCall call) {
        try {
            peer.count(place);
            if (request.fault() != null) {
                throw new RpcError(RpcError.INVALID_REQUEST, request.fault());
            }
            final RpcMethod method = method(request.method());
            peer.caller().require(method.role());
            method.call(call);
        } catch (final Throwable e) {
            call.fail(e, -1, -1);
        }
    }

    private RpcMethod method(final String name) {
        final RpcMethod method = builtIn.get(name);
        if (method != null) {
            return method;
        }
        if (db.procedure(name) != null) {
            return procedures;
        }
        final DbException notFound = db.procedureNotFound(name);
        throw new RpcError(RpcError.METHOD_NOT_FOUND, notFound);
    }
}
