/**
 * Ordered keys in versioned pages: what secondary indexes are made of. Knows bytes and ids, not tables.
 *
 * <pre>
 *   KeyTree (tick thread) ──► KeyPage ◄── KeyCursor (any view)
 *   KeyEncoder   values ► bytes that sort as the values do
 * </pre>
 *
 * Called by {@code table}, which keeps one tree per index. Threading: trees the tick thread; cursors one thread under
 * one lease.
 */
package io.taktdb.core.index;
