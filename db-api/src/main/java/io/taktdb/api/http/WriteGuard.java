package io.taktdb.api.http;

/** What stands before the handler of every route that writes: conditions and idempotency keys. Threading: any. */
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
        final Handler keyed = keys.guard(route.handler());
        return route.isConditional()
                ? route.withHandler(keyed)
                : route.withHandler(exchange -> {
                    RequestOptions.checkUnconditional(exchange);
                    keyed.handle(exchange);
                });
    }
}
