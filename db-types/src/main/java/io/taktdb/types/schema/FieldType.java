package io.taktdb.types.schema;

/**
 * The type of one field's values.
 *
 * <p>Fixed types lie in the row as they are, little-endian and packed (alignment 1). Variable types keep a 16-byte
 * reference in the row and the bytes in the table's heap.
 */
public sealed interface FieldType permits ScalarType, VariableType, VectorType, CompositeType, EnumType, NestedType {
    /** Bytes that the value takes in the row: the value itself, or {@link VariableType#REFERENCE_BYTES}. */
    int rowBytes();

    /** How the type is written in a schema, e.g. {@code f32}, {@code 3xf32}, {@code Vec3}. */
    String spelling();

    /** Whether the row holds a reference into the heap instead of the value. */
    default boolean isVariable() {
        return this instanceof VariableType || this instanceof NestedType;
    }
}
