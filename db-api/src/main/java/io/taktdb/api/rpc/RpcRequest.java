package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.api.json.JsonSlice;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;

/**
 * One request object: its members as far as they are valid, and what is wrong with it.
 *
 * @param method name, null if invalid
 * @param params array or object, null when there are none
 * @param id as the client wrote it: a JSON text or number, {@code null}; null for a notification
 * @param fault why this is no valid request, or null
 */
record RpcRequest(String method, JsonSlice params, String id, DbException fault) {
    private static final String NULL_ID = "null";

    /** Whether no answer is wanted; an invalid request always gets one. */
    boolean isNotification() {
        return id == null && fault == null;
    }

    /** The id to answer with: null when none could be made out (section 5). */
    String answerId() {
        return id == null ? NULL_ID : id;
    }

    /**
     * Reads the request that the parser stands on.
     *
     * @param start where the parser's input begins in {@code bytes}
     */
    static RpcRequest read(final JsonParser parser, final byte[] bytes, final int start) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new RpcRequest(null, null, null, fault("a request is an object"));
        }
        boolean hasVersion = false;
        String method = null;
        JsonSlice params = null;
        String id = null;
        DbException fault = null;
        int keys = 0;
        while (StrictJson.next(parser) == JsonToken.FIELD_NAME) {
            StrictJson.checkKeys(++keys);
            final String key = parser.currentName();
            final JsonToken token = StrictJson.next(parser);
            switch (key) {
                case "jsonrpc" -> {
                    hasVersion = token == JsonToken.VALUE_STRING && "2.0".equals(parser.getText());
                    parser.skipChildren();
                }
                case "method" -> {
                    method = token == JsonToken.VALUE_STRING ? parser.getText() : null;
                    parser.skipChildren();
                }
                case "params" -> params = JsonSlice.take(parser, bytes, start);
                case "id" -> {
                    final JsonSlice slice = JsonSlice.take(parser, bytes, start);
                    id = isId(token) ? slice.text() : null;
                    fault = id == null ? fault("id is no text, number or null") : fault;
                }
                default -> parser.skipChildren();
            }
        }
        if (fault == null) {
            fault = check(hasVersion, method, params);
        }
        return new RpcRequest(method, params, id, fault);
    }

    private static DbException check(final boolean hasVersion, final String method, final JsonSlice params) {
        if (!hasVersion) {
            return fault("member jsonrpc is not \"2.0\"");
        }
        if (method == null) {
            return fault("member method is no text");
        }
        if (params != null && !params.token().isStructStart()) {
            return fault("member params is no array or object");
        }
        return null;
    }

    private static boolean isId(final JsonToken token) {
        return token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NULL || token.isNumeric();
    }

    static DbException fault(final String detail) {
        return new DbException(ErrorCode.INVALID_REQUEST, "not a JSON-RPC 2.0 request: cause=" + detail);
    }
}
