/**
 * A client that costs as little as it can, since it shares the processors with the server: requests are bytes made
 * beforehand, answers are counted and not read.
 *
 * <p>{@code LoadClient} opens connections and keeps a window of requests under way on each ({@code Conversation});
 * {@code Answers} tells where an answer ends. Threading: one event loop.
 */
package io.taktdb.bench.load;
