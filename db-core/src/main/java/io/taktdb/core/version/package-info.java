/**
 * Versioned pages: the one mechanism by which a commit becomes visible at once and old states stay readable.
 *
 * <pre>
 *   Epochs ──► PageStore ──► PageDirectory (published, immutable)
 *     │            └──► UndoLog
 *     ├──► LeaseSlots   who reads which version
 *     └──► Reclaimer    what nobody can see goes back to the pool
 * </pre>
 *
 * A page exists twice, as twins in one frame. State N shows one; the first write of the next commit brings the other up
 * to date by copying the lines that the dirty bitmap names, and writes there. If a lease still shows the twin that
 * would
 * be written, the page moves to another frame.
 *
 * <p>Called by {@code table}. Threading: the tick thread writes; leases and directories are for any thread.
 */
package io.taktdb.core.version;
