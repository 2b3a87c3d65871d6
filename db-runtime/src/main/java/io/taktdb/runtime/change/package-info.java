/**
 * What changed between two committed states, found by comparing their pages.
 *
 * <p>States are immutable, so this runs on any thread that holds a lease on both, and costs the loop nothing.
 * Threading:
 * one thread per {@link io.taktdb.runtime.change.TableDiff}.
 */
package io.taktdb.runtime.change;
