/**
 * What tables, fields and types exist; a schema change as a value.
 *
 * <p>Reading order: {@link io.taktdb.types.schema.FieldType} and its kinds, {@link io.taktdb.types.schema.Field},
 * {@link io.taktdb.types.schema.TableSchema}, {@link io.taktdb.types.schema.Schema}, then
 * {@link io.taktdb.types.schema.SchemaChange}. The only way from one schema to the next is {@code SchemaEvolution} in
 * the package {@code evolution}.
 *
 * <p>Called by every module. Threading: all values are immutable and shared freely.
 */
package io.taktdb.types.schema;
