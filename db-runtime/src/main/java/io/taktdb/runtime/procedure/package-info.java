/**
 * The user's code: modules that register procedures (called by clients) and systems (run by every tick).
 *
 * <p>A {@link io.taktdb.runtime.procedure.WorldModule} is found by {@link java.util.ServiceLoader} or given to
 * {@code TaktDb.open}. Procedures run on the tick thread inside their own transaction; systems run once a tick, over
 * chunks, on all workers.
 *
 * <p>Threading: registration happens on the opening thread before the first tick; contexts are only valid during the
 * call they were made for.
 */
package io.taktdb.runtime.procedure;
