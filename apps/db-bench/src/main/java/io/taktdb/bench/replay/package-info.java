/**
 * {@code takt bench replay}: recorded commands, replayed under other conditions, give the same states.
 *
 * <p>{@code Recorder} runs a battle under random commands and writes what its journal gets into a file ({@code
 * Recording} draws it); {@code ReplayMain} is a JVM that replays the file and prints the hash of every 1,000th tick;
 * {@code ReplayCommand} starts some and compares.
 *
 * <p>Threading: one thread, and the engine's workers.
 */
package io.taktdb.bench.replay;
