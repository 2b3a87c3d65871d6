/**
 * Test equipment: a disk in memory that fails, forgets and tears as it is told, under the same port that the real code
 * uses for real files. Tests and {@code takt bench faults} run on it; the server never does.
 *
 * <p>Threading: any thread.
 */
package io.taktdb.persistence.disk;
