/**
 * Java source for the tables of a schema: typed rows, views and chunks over the public classes of the engine.
 *
 * <pre>
 *   JavaCode ──► JavaNames   what may be a Java name, and which two tables or fields would get the same one
 *          ├───► RowCode     {@code MobRow} and {@code MobView}: one row, in procedures and under a lease
 *          └───► ChunkCode   {@code MobChunk}: rows that share pages, in kernels and many-row calls
 * </pre>
 *
 * Called by {@code takt cli codegen java}. Threading: none of its own.
 */
package io.taktdb.types.codegen;
