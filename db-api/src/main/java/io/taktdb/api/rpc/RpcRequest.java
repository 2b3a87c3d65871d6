package io.taktdb.api.rpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.api.json.JsonSlice;
import io.taktdb.runtime.command.CommandWriter;
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
 * @param prepared the parameters as a command already, in the place of {@code params}; else null
 */
record RpcRequest(String method, JsonSlice params, String id, DbException fault, CommandWriter prepared) {
    private static final String NULL_ID = "null";

    /** Turns parameters into a command while the message is read, so that they are read once only. */
    @FunctionalInterface
    interface Preparation {
        /** Prepares nothing. */
        Preparation NONE = (method, parser) -> null;

        /**
         * The command, or null if the method is not one that is prepared.
         *
         * @param parser on the first token of the parameters; on their last one afterwards, if there is a command
         * @throws DbException the parameters do not fit; the message must be read again without preparation
         */
        CommandWriter command(String method, JsonParser parser) throws IOException;
    }

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
     * @param preparation gets parameters that follow their method
     */
    static RpcRequest read(final JsonParser parser, final byte[] bytes, final int start, final Preparation preparation)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return new RpcRequest(null, null, null, fault("a request is an object"), null);
        }
        boolean hasVersion = false;
        String method = null;
        JsonSlice params = null;
        String id = null;
        DbException fault = null;
        CommandWriter prepared = null;
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
                case "params" -> {
                    prepared = method != null && token.isStructStart() ? preparation.command(method, parser) : null;
                    params = prepared == null ? JsonSlice.take(parser, bytes, start) : null;
                }
                case "id" -> {
                    id = token == JsonToken.VALUE_NUMBER_INT ? parser.getText() : slowId(parser, bytes, start);
                    fault = id == null ? fault("id is no text, number or null") : fault;
                }
                default -> parser.skipChildren();
            }
        }
        if (fault == null) {
            fault = check(hasVersion, method, params);
        }
        return new RpcRequest(method, params, id, fault, prepared);
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

    /** The id as it was written, or null if it is none. */
    private static String slowId(final JsonParser parser, final byte[] bytes, final int start) throws IOException {
        final JsonToken token = parser.currentToken();
        final JsonSlice slice = JsonSlice.take(parser, bytes, start);
        return isId(token) ? slice.text() : null;
    }

    private static boolean isId(final JsonToken token) {
        return token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NULL || token.isNumeric();
    }

    static DbException fault(final String detail) {
        return new DbException(ErrorCode.INVALID_REQUEST, "not a JSON-RPC 2.0 request: cause=" + detail);
    }
}
