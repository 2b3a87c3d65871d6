package io.taktdb.api.http;

import java.io.IOException;

/**
 * Answers the requests of one route.
 *
 * <p>It calls {@link Exchange#respond} once, now or later; what it throws becomes the answer. The request's body is
 * only valid during the call. Threading: any event loop or, when the body is large, a worker thread; it must not block
 * and keeps nothing between calls.
 */
@FunctionalInterface
public interface Handler {
    void handle(Exchange exchange) throws IOException;
}
