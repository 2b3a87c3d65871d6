package io.taktdb.types.schema;

/**
 * A type whose values hold values of other types, of any size: lists, options and oneofs.
 *
 * <p>A row holds a reference, as for {@link VariableType}; the bytes are in {@link io.taktdb.types.value.ValueKind}.
 * Types nest up to {@value CompositeType#MAX_DEPTH} levels, composites included.
 */
public sealed interface NestedType extends FieldType permits ListType, OptionType, OneofType {
    @Override
    default int rowBytes() {
        return VariableType.REFERENCE_BYTES;
    }

    /** Levels of nesting, 1 for a list of scalars. */
    int depth();

    /** Levels of nesting of any type, 0 for scalars. */
    static int depthOf(final FieldType type) {
        if (type instanceof NestedType nested) {
            return nested.depth();
        }
        return type instanceof CompositeType composite ? composite.depth() : 0;
    }
}
