/**
 * All or nothing: the tick thread's side of the tables, in transactions that are kept whole or taken back whole.
 *
 * <p>Called by the loop. Threading: tick thread, except {@link io.taktdb.core.transaction.Database#lease}.
 */
package io.taktdb.core.transaction;
