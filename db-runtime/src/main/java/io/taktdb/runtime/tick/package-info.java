/**
 * The loop: absolute deadlines, and what one tick does, in order.
 *
 * <p>{@link io.taktdb.runtime.tick.TickLoop} is the table of contents; {@link io.taktdb.runtime.tick.TickClock} keeps
 * time, {@link io.taktdb.runtime.tick.CommandQueue} is the only way in, {@link io.taktdb.runtime.tick.SystemRunner}
 * runs
 * the user's systems, {@link io.taktdb.runtime.tick.TickMeter} measures.
 *
 * <p>Threading: one tick thread; the queue and the meter's figures any thread.
 */
package io.taktdb.runtime.tick;
