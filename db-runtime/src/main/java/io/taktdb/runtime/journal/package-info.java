/**
 * The ports that persistence implements: where a world comes from, and where its commits go. The runtime knows no
 * files.
 *
 * <p>{@link io.taktdb.runtime.journal.WorldSource} loads and replays, {@link io.taktdb.runtime.journal.Journal} takes
 * what the loop commits.
 *
 * <p>Threading: loading on the opening thread before the first tick; commits from the tick thread to the journal's.
 */
package io.taktdb.runtime.journal;
