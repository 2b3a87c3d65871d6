/**
 * For the tests of game teams: does a world depend on nothing but its state, commands, ticks and seed?
 *
 * <p>{@link io.taktdb.runtime.check.DeterminismCheck} runs it twice and with other numbers of workers, side by side,
 * and names the first tick, table and row that differ. {@link io.taktdb.runtime.check.ForbiddenUses} reads
 * its bytecode, and names where it uses clocks, randomness, hash order and I/O. Called by users' tests.
 *
 * <p>Threading: the calling thread.
 */
package io.taktdb.runtime.check;
