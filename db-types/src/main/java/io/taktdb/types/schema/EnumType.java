package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * One of a few names, stored as its position: one byte up to 256 names, else two.
 *
 * <p>A name's position is found through a hash table over its characters, so that a parser need not make a string.
 * Threading: immutable.
 */
public final class EnumType implements FieldType {
    /** The most names of one enum. */
    public static final int MAX_NAMES = 65_536;

    private final String name;
    private final List<String> names;
    private final int[] positions; // by hash, linear probing, -1 where empty; at most half full

    /**
     * @param name the type's own name, or null for {@code enum(a,b)} written in place
     */
    private EnumType(final String name, final List<String> names) {
        this.name = name;
        this.names = List.copyOf(names);
        this.positions = new int[Integer.highestOneBit(names.size()) * 4];
        Arrays.fill(positions, -1);
        for (int i = 0; i < names.size(); i++) {
            int slot = names.get(i).hashCode() & positions.length - 1;
            while (positions[slot] >= 0) {
                slot = slot + 1 & positions.length - 1;
            }
            positions[slot] = i;
        }
    }

    /**
     * An enum whose names are checked.
     *
     * @param name the type's own name, or null for {@code enum(a,b)} written in place
     * @throws DbException INVALID_NAME or INVALID_SCHEMA
     */
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

    /** The type's own name, or null if it was written in place. */
    public String name() {
        return name;
    }

    /** The names in the order of their positions. */
    public List<String> names() {
        return names;
    }

    /** Position of a name, or -1. */
    public int indexOf(final String value) {
        return indexOf(value.toCharArray(), 0, value.length());
    }

    /** Position of the name that is made of these characters, or -1. */
    public int indexOf(final char[] chars, final int offset, final int length) {
        if (length > Names.MAX_LENGTH) {
            return -1;
        }
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + chars[offset + i]; // as String.hashCode
        }
        int slot = hash & positions.length - 1;
        while (positions[slot] >= 0) {
            if (isMadeOf(names.get(positions[slot]), chars, offset, length)) {
                return positions[slot];
            }
            slot = slot + 1 & positions.length - 1;
        }
        return -1;
    }

    private static boolean isMadeOf(final String name, final char[] chars, final int offset, final int length) {
        if (name.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) != chars[offset + i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int rowBytes() {
        return names.size() <= 256 ? Byte.BYTES : Short.BYTES;
    }

    @Override
    public String spelling() {
        return name != null ? name : "enum(" + String.join(",", names) + ")";
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof EnumType that && Objects.equals(name, that.name) && names.equals(that.names);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(name) + names.hashCode();
    }

    @Override
    public String toString() {
        return "EnumType{name=" + name + ", names=" + names + '}';
    }
}
