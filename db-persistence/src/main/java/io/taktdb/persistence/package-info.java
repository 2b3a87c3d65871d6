/**
 * Files: a world that outlives its process.
 *
 * <pre>
 *   DATA/
 *     LOCK                              held by the server that uses the folder; its text names the process
 *     snapshots/
 *       00000000000000000042/           one snapshot; the number is its commit
 *         manifest.json                 which state, and what the other files must be
 *         schema.json                   the schema's stored form
 *         pages.bin                     all pages of all tables
 *       00000000000000000043.writing/   not finished; removed at the next start
 *       00000000000000000041.deleting/  being deleted; removed at the next start
 *       00000000000000000040.damaged/   failed its checks at a start; kept until somebody looks
 * </pre>
 *
 * Nothing else belongs there; other names are left alone. Called by db-server. Threading: see the packages.
 */
package io.taktdb.persistence;
