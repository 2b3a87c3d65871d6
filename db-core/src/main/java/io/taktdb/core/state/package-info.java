/**
 * Committed states and the leases by which they are read.
 *
 * <p>A {@link io.taktdb.core.state.State} is all tables at one commit, immutable and complete. The newest is reached
 * through one reference; {@link io.taktdb.core.state.States} holds it and hands out leases.
 *
 * <p>Called by every reader. Threading: leases any thread, wait-free; publishing the tick thread.
 */
package io.taktdb.core.state;
