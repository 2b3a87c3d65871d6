/**
 * What every other module speaks: the schema, the errors, the byte form of one value, and their JSON.
 *
 * <pre>
 *   json ──► value ──► schema ──► error
 * </pre>
 *
 * Threading: everything here is immutable, or belongs to the thread that made it.
 */
package io.taktdb.types;
