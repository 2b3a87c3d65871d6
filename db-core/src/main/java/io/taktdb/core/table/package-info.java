/**
 * Tables: rows, the id map, the heap of variable-length values, and what reads and writes them.
 *
 * <pre>
 *   RowReader, IdWalk ──► TableView ◄── TableState   one published state, any thread under a lease
 *                             ▲
 *   RowWrites ──► FieldWriter ┴──────── Table        what the tick thread works on
 *                                        ├── RowStore   pages of each group
 *                                        ├── IdMap      id to row (DirectIds, SparseIds)
 *                                        └── Heap       strings, bytes, json
 * </pre>
 *
 * Called by {@code state}, {@code transaction} and by whoever reads a leased state. Threading: {@code Table} and what
 * it
 * owns belong to the tick thread; a {@code TableState} is immutable; a reader belongs to one thread.
 */
package io.taktdb.core.table;
