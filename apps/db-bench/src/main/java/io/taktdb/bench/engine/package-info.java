/**
 * {@code takt bench engine}: what the storage engine costs, beside what else one could use.
 *
 * <p>A {@link io.taktdb.bench.engine.Workload} is one figure with its contenders; {@link
 * io.taktdb.bench.engine.EngineBench} starts a JVM for each, measures them in turns and checks what they did.
 * Threading: main thread.
 */
package io.taktdb.bench.engine;
