/**
 * Chunks over worker threads.
 *
 * <p>{@link io.taktdb.runtime.parallel.Workers} runs numbered pieces of work on the tick thread and its workers and
 * returns when all are done; results do not depend on who did which piece. Called by the loop for systems.
 *
 * <p>Threading: {@code run} the tick thread; pieces any worker.
 */
package io.taktdb.runtime.parallel;
