package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.HashSet;
import java.util.List;

/**
 * One of a few names, stored as its position: one byte up to 256 names, else two.
 *
 * @param name the type's own name, or null for {@code enum(a,b)} written in place
 */
public record EnumType(String name, List<String> names) implements FieldType {
    /** The most names of one enum. */
    public static final int MAX_NAMES = 65_536;

    public EnumType {
        names = List.copyOf(names);
    }

    /** An enum whose names are checked. @throws DbException INVALID_NAME or INVALID_SCHEMA */
    public static EnumType of(final String name, final List<String> names) {
        if (names.isEmpty() || names.size() > MAX_NAMES) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA, "an enum has 1 to " + MAX_NAMES + " names: names=" + names.size());
        }
        final HashSet<String> seen = new HashSet<>();
        for (final String one : names) {
            if (!seen.add(Names.require("enum", one))) {
                throw new DbException(ErrorCode.INVALID_SCHEMA, "enum name twice: name=" + one + "; remove one");
            }
        }
        return new EnumType(name, names);
    }

    /** Position of a name, or -1. */
    public int indexOf(final String value) {
        return names.indexOf(value);
    }

    @Override
    public int rowBytes() {
        return names.size() <= 256 ? Byte.BYTES : Short.BYTES;
    }

    @Override
    public String spelling() {
        return name != null ? name : "enum(" + String.join(",", names) + ")";
    }
}
