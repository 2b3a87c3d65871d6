package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From what a client asks for, in names, to what it means: fields and types. Threading: none of its own. */
public final class SpecResolver {
    private SpecResolver() {}

    /**
     * The field that a spec asks for. Its default is taken as it is, unchecked.
     *
     * @param named the composites and enums of the schema, by name
     * @throws DbException INVALID_NAME or INVALID_SCHEMA
     */
    public static Field field(final int id, final FieldSpec spec, final Map<String, ? extends FieldType> named) {
        Names.require("field", spec.name());
        final String group = spec.group() == null ? Field.DEFAULT_GROUP : Names.require("group", spec.group());
        final FieldType type = type("field", spec, named);
        if (spec.optional() && type instanceof OptionType) {
            throw new DbException(
                            ErrorCode.INVALID_SCHEMA,
                            "an option may be null already: field=" + spec.name() + ", type=" + type.spelling()
                                    + "; leave optional out")
                    .with("field", spec.name());
        }
        return new Field(id, spec.name(), type, spec.optional(), spec.defaultJson(), group);
    }

    /**
     * The composite that a change asks for. Its members' types exist already, so that no type contains itself.
     *
     * @throws DbException INVALID_NAME, INVALID_SCHEMA or LIMIT_EXCEEDED
     */
    public static CompositeType composite(final CreateComposite wish, final Map<String, ? extends FieldType> named) {
        Names.require("type", wish.type());
        Names.require("type", wish.type());
        final List<CompositeType.Member> members =
                new ArrayList<>(wish.members().size());
        for (int i = 0; i < wish.members().size(); i++) {
            final FieldSpec member = wish.members().get(i);
            Names.require("member", member.name());
            if (wish.type().equals(member.type())) {
                throw new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        "composite contains itself: type=" + wish.type() + ", member=" + member.name() + ", index=" + i
                                + "; use a field with the other record's id");
            }
            if (member.optional() || member.defaultJson() != null) {
                throw new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        "a member has neither null nor a default: type=" + wish.type() + ", member=" + member.name()
                                + ", index=" + i + "; give these to the field that uses the type");
            }
            members.add(new CompositeType.Member(member.name(), type("member " + i, member, named), 0));
        }
        return CompositeType.of(wish.type(), members);
    }

    /**
     * The enum that a change asks for.
     *
     * @throws DbException INVALID_NAME or INVALID_SCHEMA
     */
    public static EnumType enumeration(final CreateEnum wish) {
        return EnumType.of(Names.require("type", wish.type()), wish.names());
    }

    private static FieldType type(
            final String what, final FieldSpec spec, final Map<String, ? extends FieldType> named) {
        if (spec.type() == null || spec.type().isBlank()) {
            throw new DbException(
                            ErrorCode.INVALID_SCHEMA,
                            "type is missing: " + what + "=" + Names.abbreviate(spec.name())
                                    + "; name one, such as i32 or string")
                    .with("field", Names.abbreviate(spec.name()));
        }
        try {
            if ("field".equals(what) && TypeParser.referredTable(spec.type()) != null) {
                return ScalarType.U64; // and a relation, see RelationRules.addRefs
            }
            return TypeParser.parse(spec.type(), named);
        } catch (final DbException e) {
            final DbException placed =
                    new DbException(e.code(), e.getMessage() + " (" + what + "=" + Names.abbreviate(spec.name()) + ")");
            e.attributes().forEach(placed::with);
            throw placed.with("field", Names.abbreviate(spec.name()));
        }
    }
}
