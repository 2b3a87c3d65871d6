/**
 * {@code takt bench tick}: how late ticks start, what they cost, and how soon a single write is answered.
 *
 * <p>{@code TickBench} runs the cases one after the other, each in a JVM of its own ({@code CaseMain}); in
 * each, {@code PlainLoop} sleeps and spins at the same rate on a thread of its own, so that both meet the same machine.
 * {@code MoverWorld} is the world that moves.
 *
 * <p>Threading: one thread, and those that a case says.
 */
package io.taktdb.bench.tick;
