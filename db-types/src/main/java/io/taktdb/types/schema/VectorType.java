package io.taktdb.types.schema;

/**
 * A fixed number of equal scalars, stored one after the other: {@code 3xf32}.
 *
 * @param length number of elements, 1 to {@value #MAX_LENGTH}
 */
public record VectorType(int length, ScalarType element) implements FieldType {
    /** The most elements of a vector: a page must hold at least one of the largest. */
    public static final int MAX_LENGTH = 4096;

    @Override
    public int rowBytes() {
        return length * element.rowBytes();
    }

    @Override
    public String spelling() {
        return length + "x" + element.spelling();
    }
}
