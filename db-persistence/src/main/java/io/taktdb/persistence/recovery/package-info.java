/**
 * The start: from a data folder to the world it holds, the newest valid state first.
 *
 * <pre>
 *   DataFolder ── lock, leftovers ──► Recovery ── newest valid snapshot ──► LoadedWorld ──► the engine's database
 * </pre>
 *
 * Nothing is loaded before all of it was checked; damage never starts an empty world. Called by the world store.
 * Threading: the opening thread.
 */
package io.taktdb.persistence.recovery;
