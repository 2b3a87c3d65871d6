package io.taktdb.runtime.procedure;

import io.taktdb.types.schema.FieldType;

/**
 * One named parameter of a procedure, or one member of its result.
 *
 * @param position place in a positional call, from 0; also the field id in the command's row
 * @param optional whether it may be absent or null
 */
public record Parameter(int position, String name, FieldType type, boolean optional) {}
