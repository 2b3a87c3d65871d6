/**
 * The only way from one schema to the next, and from a value of one type to the same value of a wider type.
 *
 * <p>Called by the engine between two commits, and by the front end to refuse early. Threading: pure functions; objects
 * that hold scratch space belong to one thread.
 */
package io.taktdb.types.evolution;
