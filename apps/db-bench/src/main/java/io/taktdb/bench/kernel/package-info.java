/**
 * The movement kernel, {@code position += velocity * dt} in three floats per row, over TaktDB's chunks and three peers.
 *
 * <pre>
 *   KernelCommand ──► KernelBench ──► fork.ChildJvm ┄┄► ContenderMain ──► Contender ──► Movement
 * </pre>
 *
 * Threading: see {@code fork}.
 */
package io.taktdb.bench.kernel;
