package io.taktdb.persistence.sqlite;

import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VectorType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Relations and indexes of one table as SQL: foreign keys, indexes, unique indexes.
 *
 * <p>What needs a field without a column of its own is left out; the schema in {@code _taktdb} has it all. A unique
 * index over a composite with floats is a plain one here, since two that are not a number are the same text in JSON
 * whatever their bits. Threading: immutable.
 */
final class DumpConstraints {
    private final List<String> foreignKeys = new ArrayList<>();
    private final List<String> indexes = new ArrayList<>();

    DumpConstraints(final Schema world, final TableSchema table, final List<DumpColumn> columns) {
        final Set<Integer> own = new HashSet<>();
        for (final DumpColumn column : columns) {
            own.add(table.fields().get(column.field()).id());
        }
        for (final Relation relation : world.relations()) {
            if (relation.sourceTableId() == table.id() && own.contains(relation.sourceFieldId())) {
                foreignKeys.add(foreignKey(world, table, relation));
            }
        }
        for (final IndexSchema index : table.indexes()) {
            if (own.containsAll(index.fieldIds())) {
                indexes.add(index(table, index));
            }
        }
    }

    /** Table constraints, to stand behind the columns. */
    List<String> foreignKeys() {
        return foreignKeys;
    }

    /** Statements. */
    List<String> indexes() {
        return indexes;
    }

    private static String foreignKey(final Schema world, final TableSchema table, final Relation relation) {
        final String destination =
                world.tableById(relation.destinationTableId()).name();
        return "FOREIGN KEY ("
                + DumpNames.quote(table.fieldById(relation.sourceFieldId()).name()) + ") REFERENCES "
                + DumpNames.quote(DumpNames.ofTable(destination)) + " (" + DumpNames.quote(Names.ID) + ") ON DELETE "
                + action(relation.onDelete());
    }

    private static String action(final OnDelete onDelete) {
        return switch (onDelete) {
            case RESTRICT -> "RESTRICT";
            case CASCADE -> "CASCADE";
            case SET_NULL -> "SET NULL";
        };
    }

    /** Names of indexes are those of all tables' together in SQL; a dot is in no name of TaktDB. */
    private static String index(final TableSchema table, final IndexSchema index) {
        final String sqlName = DumpNames.ofTable(table.name());
        final List<String> fields = new ArrayList<>();
        boolean unique = index.unique();
        for (final int id : index.fieldIds()) {
            final Field field = table.fieldById(id);
            fields.add(DumpNames.quote(field.name()));
            unique &= !mayLookEqual(field.type());
        }
        return (unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") + DumpNames.quote(sqlName + "." + index.name())
                + " ON " + DumpNames.quote(sqlName) + " (" + String.join(", ", fields) + ")";
    }

    private static boolean mayLookEqual(final FieldType type) {
        return type instanceof CompositeType composite
                && composite.members().stream().anyMatch(member -> holdsFloats(member.type()));
    }

    private static boolean holdsFloats(final FieldType type) {
        return type == ScalarType.F32
                || type == ScalarType.F64
                || type instanceof VectorType vector && holdsFloats(vector.element())
                || mayLookEqual(type);
    }
}
