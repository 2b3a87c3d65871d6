/**
 * Many operations as one command: all take place in one commit, or none does.
 *
 * <p>{@code TransactionReader} encodes, {@code TransactionRoutes} is the route, {@code TransactionReply} the answer;
 * JSON-RPC uses the same two. Threading: event loops, and worker threads for large bodies.
 */
package io.taktdb.api.transaction;
