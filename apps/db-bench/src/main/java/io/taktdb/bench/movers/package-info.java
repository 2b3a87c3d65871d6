/**
 * Worlds of 24 bytes a row, a position and a velocity, each step of which is one whole commit. Threading: one thread.
 */
package io.taktdb.bench.movers;
