/**
 * Where every value of a table lies: field to group, offset and stride. Arithmetic only, no memory.
 *
 * <p>Called by {@code table}. Threading: immutable.
 */
package io.taktdb.core.layout;
