/**
 * Generated accessors: a user's interface over the columns of one table, implemented for one layout with all offsets as
 * constants, which is what lets the compiler vectorise a loop over a chunk.
 *
 * <pre>
 *   ChunkAccessors ──► ChunkMethods   the user's methods, matched with the table's fields
 *          │                └──► ColumnType   Java type and bytes of each
 *          └────────► ChunkClass     the hidden class, written with ASM
 *                           └──► ChunkCode
 *   KernelCopies ────► KernelBody     where a kernel's code is
 *          └────────► KernelCode     the same code once more, for another layout
 *                           └──► KernelEntry
 * </pre>
 *
 * Called by the runtime for systems. Threading: {@code ChunkAccessors} any thread; a {@code Chunk} one thread.
 */
package io.taktdb.core.accessor;
