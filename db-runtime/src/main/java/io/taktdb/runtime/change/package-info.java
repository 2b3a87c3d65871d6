/**
 * What changed, tick by tick, found by comparing the pages of two committed states.
 *
 * <p>{@link io.taktdb.runtime.change.ChangeFeed} is handed a lease at the end of each tick while somebody listens,
 * compares on a thread of its own ({@link io.taktdb.runtime.change.TableDiff}, once per table), and calls each
 * {@link io.taktdb.runtime.change.ChangeListener}. States are immutable, so the loop pays for nothing but the lease.
 * {@link io.taktdb.runtime.change.RetainedTicks} keeps what listeners made of the last ticks, for those who come back.
 *
 * <p>Threading: the feed's thread; one thread per {@code TableDiff}.
 */
package io.taktdb.runtime.change;
