package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.taktdb.api.http.Caller;
import io.taktdb.api.http.Problem;
import io.taktdb.api.json.ErrorWriter;
import io.taktdb.api.json.JsonOutput;
import io.taktdb.api.json.JsonSlice;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.procedure.Client;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One call on its way to its answer.
 *
 * <p>Threading: answered once, on any thread; {@link #submit} answers on the event loop.
 */
final class RpcCall {
    private final RpcRequest request;
    private final RpcPeer peer;
    private final RpcBatch batch;
    private final int place;

    RpcCall(final RpcRequest request, final RpcPeer peer, final RpcBatch batch, final int place) {
        this.request = request;
        this.peer = peer;
        this.batch = batch;
        this.place = place;
    }

    /** Writes a result. */
    @FunctionalInterface
    interface Result {
        /**
         * Writes the result.
         *
         * @param target what the generator writes to
         */
        void write(JsonGenerator json, ByteBuf target) throws IOException;
    }

    /** Writes a result from a committed command. */
    @FunctionalInterface
    interface Committed {
        void write(JsonGenerator json, Submission done) throws IOException;
    }

    String method() {
        return request.method();
    }

    /** Who calls. */
    Caller caller() {
        return peer.caller();
    }

    /** Who calls, as procedures are told. */
    Client client() {
        return peer.client();
    }

    /** The command that the parameters were made into already, or null. */
    CommandWriter prepared() {
        return request.prepared();
    }

    /** The parameters as they were sent, or null; also null if they are {@link #prepared}. */
    JsonSlice params() {
        return request.params();
    }

    /**
     * What the client follows.
     *
     * @throws DbException INVALID_REQUEST the client is not on a WebSocket
     */
    RpcSubscriptions subscriptions() {
        final RpcSubscriptions all = peer.subscriptions();
        if (all == null) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST,
                    "nothing can be sent later over HTTP: method=" + method()
                            + "; use the WebSocket, GET /ws, or GET /v1/stream/{table}");
        }
        return all;
    }

    /** Hands a command to the engine; the reply becomes the answer. */
    void submit(final CommandWriter command, final Committed whenCommitted) {
        peer.commands().submit(command, done -> {
            if (done.error() != null) {
                fail(done.error(), done.tick(), done.commit());
            } else {
                reply(done.tick(), done.commit(), (json, target) -> whenCommitted.write(json, done));
            }
        });
    }

    /** Work on a call that takes long. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Has a worker thread go on; what it throws becomes the answer. */
    void offload(final Work work) {
        peer.offload(() -> {
            try {
                work.run();
            } catch (final Throwable e) {
                fail(e, -1, -1);
            }
        });
    }

    /** Answers with a result. */
    void reply(final long tick, final long commit, final Result result) {
        final ByteBuf content = request.isNotification() ? null : peer.newContent();
        try {
            if (content != null) {
                ByteBufUtil.writeAscii(content, "{\"jsonrpc\":\"2.0\",\"result\":");
                try (JsonOutput output = JsonOutput.to(content)) {
                    result.write(output.generator(), content);
                }
                writeId(content);
            }
        } catch (final Throwable e) {
            content.release();
            fail(e, tick, commit);
            return;
        }
        peer.done();
        batch.answered(place, content, tick, commit);
    }

    /** Answers with an error. */
    void fail(final Throwable thrown, final long tick, final long commit) {
        final RpcError error = asRpcError(thrown);
        ByteBuf content = null;
        if (!request.isNotification()) {
            content = peer.newContent();
            writeError(content, error);
            writeId(content);
        }
        batch.answered(place, content, tick, commit);
    }

    private void writeId(final ByteBuf content) {
        ByteBufUtil.writeAscii(content, ",\"id\":");
        ByteBufUtil.writeUtf8(content, request.answerId());
        content.writeByte('}');
    }

    /** Writes the first members of an answer that is an error. */
    private static void writeError(final ByteBuf content, final RpcError error) {
        ByteBufUtil.writeAscii(content, "{\"jsonrpc\":\"2.0\",\"error\":");
        try (JsonOutput output = JsonOutput.to(content)) {
            final JsonGenerator json = output.generator();
            json.writeStartObject();
            json.writeNumberField("code", error.code());
            json.writeStringField("message", error.getMessage());
            json.writeFieldName("data");
            ErrorWriter.write(json, error.data());
            json.writeEndObject();
        } catch (final IOException e) {
            content.release();
            throw new UncheckedIOException(e);
        }
    }

    /** The answer to a message that is no request at all. */
    static ByteBuf unreadable(final RpcPeer peer, final RpcError error) {
        final ByteBuf content = peer.newContent();
        writeError(content, error);
        ByteBufUtil.writeAscii(content, ",\"id\":null}");
        return content;
    }

    /** Errors of the protocol stay; those of the application keep their code; a defect is internal. */
    private static RpcError asRpcError(final Throwable thrown) {
        if (thrown instanceof RpcError error) {
            return error;
        }
        final DbException error = Problem.asDbException(thrown);
        final ErrorCode code = error.code();
        return code == ErrorCode.INTERNAL
                ? new RpcError(RpcError.INTERNAL_ERROR, error)
                : new RpcError(code.rpcCode(), code.title(), error);
    }
}
