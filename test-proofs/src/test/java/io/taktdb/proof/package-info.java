/**
 * How the proofs are run: jcstress in JVMs of its own, Lincheck in this one.
 *
 * <p>{@code ./takt prove} runs them longer, by {@code -Dtaktdb.proof=long}.
 */
package io.taktdb.proof;
