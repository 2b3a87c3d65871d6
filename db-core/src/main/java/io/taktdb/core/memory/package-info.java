/**
 * Off-heap bytes: the only package that touches raw memory.
 *
 * <pre>
 *   MemoryBudget ◄── FramePool ──► Slab ──► Memory ──► Guard
 * </pre>
 *
 * {@link io.taktdb.core.memory.Memory} reads and writes at addresses; {@link io.taktdb.core.memory.FramePool} hands out
 * frames (a page and its twin) of one size, cut from {@link io.taktdb.core.memory.Slab}s;
 * {@link io.taktdb.core.memory.Guard} makes every misuse an error in tests.
 *
 * <p>Called by {@code version} (frames) and {@code table} (bytes). Threading: {@code Memory} and {@code Guard} any
 * thread; pools belong to the tick thread.
 */
package io.taktdb.core.memory;
