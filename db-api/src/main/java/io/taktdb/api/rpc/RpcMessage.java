package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client sent at once: one request, or a batch of them. Threading: immutable.
 */
record RpcMessage(List<RpcRequest> requests, boolean isBatch) {
    /** The most requests of one batch. */
    static final int MAX_BATCH = 1000;

    /**
     * Reads a whole message.
     *
     * @param preparation gets parameters while they are read
     * @throws RpcError PARSE_ERROR no JSON; INVALID_REQUEST an empty or too large batch
     */
    static RpcMessage read(
            final byte[] bytes, final int offset, final int length, final RpcRequest.Preparation preparation) {
        try {
            return parse(bytes, offset, length, preparation);
        } catch (final RpcError e) {
            return parse(bytes, offset, length, RpcRequest.Preparation.NONE); // whatever is wrong is said from here
        }
    }

    private static RpcMessage parse(
            final byte[] bytes, final int offset, final int length, final RpcRequest.Preparation preparation) {
        try (JsonParser parser = StrictJson.parser(bytes, offset, length)) {
            if (StrictJson.next(parser) == null) {
                throw new DbException(ErrorCode.INVALID_JSON, "message is empty; send one JSON value");
            }
            final boolean isBatch = parser.currentToken() == JsonToken.START_ARRAY;
            final List<RpcRequest> requests = new ArrayList<>(1);
            if (isBatch) {
                readBatch(parser, bytes, offset, requests, preparation);
            } else {
                requests.add(RpcRequest.read(parser, bytes, offset, preparation));
            }
            StrictJson.requireEnd(parser);
            return new RpcMessage(requests, isBatch);
        } catch (final IOException e) {
            throw new RpcError(RpcError.PARSE_ERROR, StrictJson.translate(e));
        } catch (final DbException e) {
            throw new RpcError(RpcError.PARSE_ERROR, e);
        }
    }

    private static void readBatch(
            final JsonParser parser,
            final byte[] bytes,
            final int offset,
            final List<RpcRequest> requests,
            final RpcRequest.Preparation preparation)
            throws IOException {
        while (StrictJson.next(parser) != JsonToken.END_ARRAY) {
            if (requests.size() == MAX_BATCH) {
                throw new RpcError(
                        RpcError.INVALID_REQUEST,
                        new DbException(
                                ErrorCode.LIMIT_EXCEEDED, "batch is too large: limit=" + MAX_BATCH + " requests"));
            }
            requests.add(RpcRequest.read(parser, bytes, offset, preparation));
        }
        if (requests.isEmpty()) {
            throw new RpcError(RpcError.INVALID_REQUEST, RpcRequest.fault("the batch is empty"));
        }
    }
}
