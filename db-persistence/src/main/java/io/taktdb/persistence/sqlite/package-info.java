/**
 * Dumps: one committed state as a file that every SQLite opens; and worlds out of such files.
 *
 * <pre>
 *   SqliteDump ──► DumpCatalog            _taktdb, _taktdb_table, _taktdb_exact, _taktdb_ids
 *        └──► DumpTable ──► DumpColumn    which column, of which SQL type, for which field
 *                 ├──► DumpConstraints    foreign keys, indexes
 *                 └──► RowBinder          values into a statement
 * </pre>
 *
 * One SQL table for each table, under its own name; {@link io.taktdb.persistence.sqlite.DumpNames} says which names are
 * escaped. {@code id} is the primary key. What is not optional is NOT NULL, a default is a DEFAULT, a relation is a
 * foreign key, and an index is named {@code TABLE.INDEX}.
 *
 * <pre>
 *   TaktDB type              SQL type   values
 *   id                       INTEGER    PRIMARY KEY; TEXT in decimal if any id of the table is beyond 2^63 - 1
 *   bool                     INTEGER    0 or 1, by a CHECK
 *   i8 .. i64, u8 .. u32     INTEGER
 *   u64                      INTEGER    TEXT in decimal if any value of the column is beyond 2^63 - 1
 *   f32, f64                 REAL       NaN, which SQLite would turn into NULL, is the text NaN
 *   string, json             TEXT       UTF-8; a string may hold NUL, which some of SQLite's functions take for its end
 *   bytes                    BLOB
 *   timestamp                INTEGER    microseconds since 1970-01-01T00:00:00Z
 *   uuid                     TEXT       canonical form
 *   enum                     TEXT       the name
 *   NxT                      BLOB       the elements as they lie in memory, little-endian, packed
 *   composite                TEXT       JSON object
 * </pre>
 *
 * SQLite files hold at most 2,000 columns a table: beyond 1,998 fields the rest is one JSON object in the last column.
 * What a column cannot show to the last bit (the sign of zero, the payload of a NaN, a far timestamp in a composite)
 * stands beside it in {@code _taktdb_exact}.
 *
 * <p>The way back:
 *
 * <pre>
 *   SqliteImport ──► DumpImport ──► TableImport ──► RowDecoder, ExactLookup, IdLists    exactly what was dumped
 *        └─────────► PlainImport ─► PlainTables ──► PlainTable, PlainColumn             tables of other programs
 * </pre>
 *
 * <p>Called by the world store. Threading: the thread that holds the lease.
 */
package io.taktdb.persistence.sqlite;
