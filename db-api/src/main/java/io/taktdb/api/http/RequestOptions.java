package io.taktdb.api.http;

import io.taktdb.runtime.command.Ack;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.JsonStyle;

/** Options that many routes share, and the refusal of those that are not there yet. Threading: none of its own. */
public final class RequestOptions {
    /** Query parameter: when a write answers. */
    public static final String ACK = "ack";

    /** Query parameter: how i64 and u64 are written. */
    public static final String INT64 = "int64";

    private RequestOptions() {}

    /** How values are written. */
    public static JsonStyle style(final Query query) {
        return new JsonStyle("string".equals(query.word(INT64, "number", "number", "string")));
    }

    /**
     * When a write is to be answered.
     *
     * @throws DbException INVALID_PARAMETER
     */
    public static Ack ack(final Exchange exchange) {
        return switch (exchange.query().word(ACK, "", "tick", "durable")) {
            case "tick" -> Ack.TICK;
            case "durable" -> Ack.DURABLE;
            default -> Ack.DEFAULT;
        };
    }

    /**
     * Checks what a write asks for besides its body.
     *
     * @throws DbException INVALID_PARAMETER for an unknown {@code ack}
     */
    public static void checkWrite(final Exchange exchange) {
        ack(exchange);
    }

    /**
     * Refuses a condition that the route does not check: to ignore it could overwrite what the client does not know.
     *
     * @throws DbException INVALID_REQUEST
     */
    public static void checkUnconditional(final Exchange exchange) {
        if (exchange.header("if-match") != null) {
            throw new DbException(
                            ErrorCode.INVALID_REQUEST,
                            "this route has no conditional form: header=if-match; leave the header out")
                    .with("header", "if-match");
        }
    }
}
