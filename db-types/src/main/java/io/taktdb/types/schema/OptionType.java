package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;

/** A value or none: {@code option<i32>}. None is null in JSON, so an option holds neither options nor json. */
public record OptionType(FieldType inner) implements NestedType {
    public OptionType {
        if (inner instanceof OptionType || inner == VariableType.JSON) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "none could not be told from a value: type=option<" + Names.abbreviate(inner.spelling()) + ">; use "
                            + Names.abbreviate(inner.spelling()) + " alone, which may be null already");
        }
    }

    @Override
    public int depth() {
        return NestedType.depthOf(inner) + 1;
    }

    @Override
    public String spelling() {
        return "option<" + inner.spelling() + '>';
    }
}
