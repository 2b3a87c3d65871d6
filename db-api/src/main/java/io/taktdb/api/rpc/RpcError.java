package io.taktdb.api.rpc;

import io.taktdb.types.error.DbException;

/**
 * What the member {@code error} of an answer says (JSON-RPC 2.0, section 5.1): a code of the protocol or of the
 * application, with the error behind it as data.
 *
 * <p>Threading: immutable.
 */
final class RpcError extends RuntimeException {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;

    private static final long serialVersionUID = 1L;

    private final int code;

    /** An error of the protocol itself. */
    RpcError(final int code, final DbException data) {
        this(code, title(code), data);
    }

    /** Any error. */
    RpcError(final int code, final String message, final DbException data) {
        super(message, data, false, false);
        this.code = code;
    }

    int code() {
        return code;
    }

    /** What went wrong, in the words of all errors. */
    DbException data() {
        return (DbException) getCause();
    }

    private static String title(final int code) {
        return switch (code) {
            case PARSE_ERROR -> "Parse error";
            case INVALID_REQUEST -> "Invalid Request";
            case METHOD_NOT_FOUND -> "Method not found";
            case INVALID_PARAMS -> "Invalid params";
            default -> "Internal error";
        };
    }
}
