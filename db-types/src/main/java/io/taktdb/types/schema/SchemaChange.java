package io.taktdb.types.schema;

import java.util.List;
import java.util.Map;

/** One wanted change of a schema, as a value: asked for by a client, journalled, applied between two commits. */
public sealed interface SchemaChange {
    /**
     * A new table.
     *
     * @param groups layouts of the groups that are not to be columns
     * @param indexes beside those of fields that are to be unique
     */
    record CreateTable(
            String table,
            List<FieldSpec> fields,
            Map<String, GroupLayout> groups,
            long maxRows,
            List<IndexSpec> indexes)
            implements SchemaChange {
        /** A table without indexes but those of unique fields. */
        public CreateTable(
                final String table,
                final List<FieldSpec> fields,
                final Map<String, GroupLayout> groups,
                final long maxRows) {
            this(table, fields, groups, maxRows, List.of());
        }

        /** A table of columns without a row limit. */
        public static CreateTable of(final String table, final FieldSpec... fields) {
            return new CreateTable(table, List.of(fields), Map.of(), TableSchema.UNLIMITED_ROWS);
        }
    }

    /**
     * The end of a table and its rows.
     *
     * @param cascade whether relations that start or end there go too; else they are in the way
     */
    record DropTable(String table, boolean cascade) implements SchemaChange {
        /** The end of a table that has no relations. */
        public DropTable(final String table) {
            this(table, false);
        }
    }

    /** Another name for a table. */
    record RenameTable(String table, String newName) implements SchemaChange {}

    /** A new field; existing rows show its default, or null, or the zero value of a type that may not be null. */
    record AddField(String table, FieldSpec field) implements SchemaChange {}

    /** The end of a field and its values. */
    record DropField(String table, String field) implements SchemaChange {}

    /** Another name for a field. */
    record RenameField(String table, String field, String newName) implements SchemaChange {}

    /** A type for a field that holds every value which the old type held. */
    record WidenField(String table, String field, String newType) implements SchemaChange {}

    /**
     * A new named composite.
     *
     * @param members name and type spelling, in order
     */
    record CreateComposite(String type, List<FieldSpec> members) implements SchemaChange {}

    /** A new named enum. */
    record CreateEnum(String type, List<String> names) implements SchemaChange {}

    /** The end of a named type that nothing uses. */
    record DropType(String type) implements SchemaChange {}

    /** A new index over the rows that there are and those to come. */
    record CreateIndex(String table, IndexSpec index) implements SchemaChange {}

    /** The end of an index that no relation needs. */
    record DropIndex(String table, String index) implements SchemaChange {}

    /**
     * A new relation, which the rows that there are must hold already.
     *
     * @param isByType whether the field is declared as {@code ref<table>}, and is to show so
     */
    record CreateRelation(
            String sourceTable, String sourceField, String destinationTable, OnDelete onDelete, boolean isByType)
            implements SchemaChange {
        /** A relation of a field that was declared as a number. */
        public CreateRelation(
                final String sourceTable,
                final String sourceField,
                final String destinationTable,
                final OnDelete onDelete) {
            this(sourceTable, sourceField, destinationTable, onDelete, false);
        }

        /** The relation that a field of type {@code ref<destination>} is. */
        public static CreateRelation byType(final String table, final String field, final String destination) {
            return new CreateRelation(table, field, destination, OnDelete.RESTRICT, true);
        }
    }

    /** The end of a relation; rows stay as they are, and so does the index. */
    record DropRelation(int relation) implements SchemaChange {}
}
