/**
 * What every other module speaks: the schema, the errors, the byte form of one value, their JSON,
 * and the way from one schema to the next.
 *
 * <pre>
 *   evolution ──► json ──► value ──► schema ──► error
 * </pre>
 *
 * Threading: everything here is immutable, or belongs to the thread that made it.
 */
package io.taktdb.types;
