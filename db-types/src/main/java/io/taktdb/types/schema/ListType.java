package io.taktdb.types.schema;

/** Any number of values of one type: {@code list<i32>}. */
public record ListType(FieldType element) implements NestedType {
    @Override
    public int depth() {
        return NestedType.depthOf(element) + 1;
    }

    @Override
    public String spelling() {
        return "list<" + element.spelling() + '>';
    }
}
