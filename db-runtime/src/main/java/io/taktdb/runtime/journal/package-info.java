/**
 * The ports that persistence implements. The runtime knows no files.
 *
 * <p>Threading: loading on the opening thread before the first tick.
 */
package io.taktdb.runtime.journal;
