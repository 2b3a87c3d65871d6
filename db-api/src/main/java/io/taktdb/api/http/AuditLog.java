package io.taktdb.api.http;

import io.taktdb.types.schema.Names;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who did what to the server as a whole: one line per request that changes something and needs the role of an
 * administrator, in the log {@code takt.audit}. Threading: any.
 */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("takt.audit");

    private AuditLog() {}

    /** The handler with a note of what it answered. */
    static Handler guard(final Handler handler) {
        return exchange -> {
            exchange.onAnswer(answer -> LOG.info(
                    "request={}, caller={}, method={}, path={}, status={}, tick={}",
                    RequestId.of(exchange.head()),
                    exchange.caller().name().isEmpty()
                            ? "(no token)"
                            : exchange.caller().name(),
                    exchange.head().method(),
                    Names.abbreviate(exchange.head().path()),
                    answer.status(),
                    answer.tick()));
            handler.handle(exchange);
        };
    }
}
