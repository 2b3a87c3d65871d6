/** Files: journal, snapshots, SQLite dumps, recovery; wired by the server, never on the loop's thread. */
package io.taktdb.persistence;
