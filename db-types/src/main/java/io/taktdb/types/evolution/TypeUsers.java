package io.taktdb.types.evolution;

import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ListType;
import io.taktdb.types.schema.OneofType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** Who uses a named type: fields as {@code table.field}, composites as {@code type.member}. */
final class TypeUsers {
    /** An error names so many and no more. */
    private static final int MAX_NAMED = 10;

    private TypeUsers() {}

    /** The first users, fields before composites; empty if there is none. */
    static List<String> of(final FieldType type, final Schema schema) {
        final List<String> users = new ArrayList<>();
        for (final TableSchema table : schema.tables().values()) {
            for (final Field field : table.fields()) {
                add(uses(field.type(), type), table.name() + "." + field.name(), users);
            }
        }
        for (final FieldType other : schema.types().values()) {
            if (other instanceof CompositeType composite) {
                for (final CompositeType.Member member : composite.members()) {
                    add(member.type().equals(type), composite.name() + "." + member.name(), users);
                }
            }
        }
        return users;
    }

    private static boolean uses(final FieldType user, final FieldType type) {
        if (user instanceof ListType list) {
            return uses(list.element(), type);
        }
        if (user instanceof OptionType option) {
            return uses(option.inner(), type);
        }
        return user.equals(type)
                || user instanceof OneofType oneof
                        && oneof.variants().stream().anyMatch(variant -> uses(variant.type(), type));
    }

    private static void add(final boolean uses, final String user, final List<String> users) {
        if (uses && users.size() < MAX_NAMED) {
            users.add(user);
        }
    }
}
