package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A named, fixed-size group of members that lie packed one after the other: {@code Vec3 {x f32, y f32, z f32}}.
 *
 * <p>Members are fixed-size types, composites included, to {@value #MAX_DEPTH} levels.
 */
public record CompositeType(String name, List<Member> members) implements FieldType {
    /** The deepest nesting; a composite of scalars has depth 1. */
    public static final int MAX_DEPTH = 16;

    /** The most bytes of one value: as many as the largest vector has. */
    public static final int MAX_BYTES = VectorType.MAX_LENGTH * 16;

    /**
     * One member.
     *
     * @param offset bytes from the start of the composite
     */
    public record Member(String name, FieldType type, int offset) {}

    public CompositeType {
        members = List.copyOf(members);
    }

    /**
     * A composite with its member offsets computed.
     *
     * @throws DbException INVALID_SCHEMA no members, a member twice, a variable member, or too deep;
     *     LIMIT_EXCEEDED too large
     */
    public static CompositeType of(final String name, final List<Member> members) {
        Names.require("type", name);
        if (members.isEmpty()) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA, "composite type has no members: type=" + name + "; name at least one");
        }
        final Set<String> seen = new HashSet<>();
        final Member[] placed = new Member[members.size()];
        int offset = 0;
        for (int i = 0; i < placed.length; i++) {
            final Member member = members.get(i);
            Names.require("member", member.name());
            if (!seen.add(Names.fold(member.name()))) {
                throw new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        "member named twice: type=" + name + ", member=" + member.name() + "; rename one");
            }
            if (member.type().isVariable()) {
                throw new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        "composite members have a fixed size: type=" + name + ", member=" + member.name()
                                + ", member type="
                                + Names.abbreviate(member.type().spelling())
                                + "; make it a field of the table");
            }
            placed[i] = new Member(member.name(), member.type(), offset);
            offset += member.type().rowBytes();
            if (offset > MAX_BYTES) {
                throw new DbException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "composite is too large: type=" + name + ", member=" + member.name() + ", bytes=" + offset
                                + ", limit=" + MAX_BYTES + "; spread it over several fields");
            }
        }
        final CompositeType type = new CompositeType(name, List.of(placed));
        if (type.depth() > MAX_DEPTH) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "composite is nested too deeply: type=" + name + ", depth=" + type.depth() + ", limit="
                            + MAX_DEPTH);
        }
        return type;
    }

    /** Levels of nesting, 1 for a composite of scalars. */
    public int depth() {
        int deepest = 0;
        for (final Member member : members) {
            deepest = Math.max(deepest, member.type() instanceof CompositeType inner ? inner.depth() : 0);
        }
        return deepest + 1;
    }

    @Override
    public int rowBytes() {
        final Member last = members.get(members.size() - 1);
        return last.offset() + last.type().rowBytes();
    }

    @Override
    public String spelling() {
        return name;
    }
}
