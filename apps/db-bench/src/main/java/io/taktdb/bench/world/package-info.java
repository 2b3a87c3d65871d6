/**
 * {@code takt bench world}: a battle of many units in one world, tick by tick.
 *
 * <p>{@code Battle} is the world: units move, a grid of cells is rebuilt, units hurt others in their cell, the dead are
 * replaced. {@code WorldBench} measures what a tick of it costs, by stage and by system, with 1 and with more workers.
 *
 * <p>Threading: one thread, and the engine's workers.
 */
package io.taktdb.bench.world;
