/**
 * HTTP as handlers see it: a request, the table of routes, the response, and the one form of errors.
 *
 * <p>Reading order: {@link io.taktdb.api.http.Route} and {@link io.taktdb.api.http.Router},
 * {@link io.taktdb.api.http.Exchange}, {@link io.taktdb.api.http.Response}. Nothing here knows how bytes arrive or
 * leave: that is {@code io.taktdb.api.server}.
 *
 * <p>Called by the connection (below) and by the handlers of {@code rest}, {@code rpc} and {@code push} (above).
 * Threading: a request's objects belong to the event loop of its connection, unless a method says otherwise.
 */
package io.taktdb.api.http;
