/**
 * {@code takt bench}: one subcommand per benchmark, each with its peers in the same run.
 *
 * <pre>
 *   Main ──► kernel   the movement kernel
 *               ├──► fork     contenders in JVMs of their own, measured in turns
 *               └──► report   figures as text and as JSON lines
 * </pre>
 *
 * Threading: the main thread; each contender the main thread of its own JVM.
 */
package io.taktdb.bench;
