package io.taktdb.api.http;

/**
 * What stands before the handler of every route that writes: conditions, idempotency keys, the audit log. Threading:
 * any.
 */
public final class WriteGuard {
    private final IdempotencyKeys keys;

    public WriteGuard(final IdempotencyKeys keys) {
        this.keys = keys;
    }

    /** The route behind this guard; one that only reads stays as it is. */
    public Route guard(final Route route) {
        if ("GET".equals(route.method())) {
            return route;
        }
        final Handler noted = route.role() == Role.ADMIN ? AuditLog.guard(route.handler()) : route.handler();
        final Handler keyed = keys.guard(noted);
        return route.isConditional()
                ? route.withHandler(keyed)
                : route.withHandler(exchange -> {
                    RequestOptions.checkUnconditional(exchange);
                    keyed.handle(exchange);
                });
    }
}
