/**
 * Live changes: what {@code GET /v1/stream/{table}} and the WebSocket's {@code subscribe} bring.
 *
 * <pre>
 *   feed's thread:  ChangeFeed ─► Topic (one per table and selection: filters, encodes once, retains)
 *                                   │ one task per event loop and tick
 *   event loops:                    └─► Subscription (first the rows, then the frames) ─► EventStream or WebSocket
 * </pre>
 *
 * A slow client fills its own queue up to a limit, then it is cut off with a reason; nobody else notices.
 *
 * <p>Called by routes and by the WebSocket. Threading: topics the feed's thread, subscriptions their event loop.
 */
package io.taktdb.api.stream;
