/**
 * Files: a world that outlives its process.
 *
 * <pre>
 *   DATA/
 *     LOCK                              held by the server that uses the folder; its text names the process
 *     journal/
 *       00000000000000000007.journal    one segment, drawn at {@code JournalFormat}; the number is its place
 *       00000000000000000008.new        not finished; removed at the next start
 *       00000000000000000006.damaged    given up by --salvage; kept until somebody looks
 *     snapshots/
 *       00000000000000000042/           one snapshot; the number is its commit
 *         manifest.json                 which state, and what the other files must be
 *         schema.json                   the schema's stored form
 *         keys.bin                      commands with idempotency keys and their answers, if there are any
 *         pages.bin                     pages of all tables, but those that are in other page files
 *         pages-NNN.bin                 the page file of snapshot NNN, linked: it has pages that did not change
 *       00000000000000000043.writing/   not finished; removed at the next start
 *       00000000000000000041.deleting/  being deleted; removed at the next start
 *       00000000000000000040.damaged/   failed its checks at a start; kept until somebody looks
 * </pre>
 *
 * Nothing else belongs there; other names are left alone. Called by db-server. Threading: see the packages.
 */
package io.taktdb.persistence;
