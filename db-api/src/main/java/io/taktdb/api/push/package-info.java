/**
 * Schema-later push: JSON of any shape becomes one command, and the engine makes the columns fit.
 *
 * <p>{@code PushFromJson} encodes, {@code PushRoutes} is the route, {@code PushReply} the answer; JSON-RPC uses the
 * same two. Threading: event loops, and worker threads for large bodies.
 */
package io.taktdb.api.push;
