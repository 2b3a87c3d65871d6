package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import java.util.ArrayList;
import java.util.List;

/** What a relation may be, and what stands in its way. Threading: pure. */
public final class RelationRules {
    /** The most relations of one world. */
    public static final int MAX_RELATIONS = 10_000;

    private static final String INDEX = "_relation";

    private RelationRules() {}

    /**
     * The schema with one more relation, and with an index that starts with its field if there was none.
     *
     * @param id the relation's
     * @throws DbException TABLE_NOT_FOUND, FIELD_NOT_FOUND, INVALID_SCHEMA, ALREADY_EXISTS or LIMIT_EXCEEDED
     */
    public static Schema add(final Schema schema, final CreateRelation wish, final int id) {
        final TableSchema source = schema.requireTable(wish.sourceTable());
        final TableSchema destination = schema.requireTable(wish.destinationTable());
        final Field field = source.requireField(wish.sourceField());
        if (schema.relations().size() >= MAX_RELATIONS) {
            throw new DbException(
                            ErrorCode.LIMIT_EXCEEDED, "too many relations: limit=" + MAX_RELATIONS + "; drop some")
                    .with("limit", MAX_RELATIONS);
        }
        if (!mayRefer(field.type())) {
            throw wrong(source, field, "a field that refers must be u64 or i64");
        }
        if (wish.onDelete() == OnDelete.SET_NULL && !field.optional()) {
            throw wrong(source, field, "set_null needs a field that is optional");
        }
        final Relation made =
                new Relation(id, source.id(), field.id(), destination.id(), wish.onDelete(), wish.isByType());
        for (final Relation other : schema.relations()) {
            if (other.uses(source.id(), field.id()) && other.destinationTableId() == destination.id()) {
                throw new DbException(
                                ErrorCode.ALREADY_EXISTS,
                                "relation exists already: relation=" + schema.describe(other) + "; drop it first")
                        .with("relation", other.id());
            }
        }
        final List<Relation> relations = new ArrayList<>(schema.relations());
        relations.add(made);
        final Schema changed = schema.withRelations(relations, Math.max(schema.nextRelationId(), id + 1));
        return hasIndex(source, field.id(), null) ? changed : changed.withTable(addIndex(source, field));
    }

    /** The schema with the relations of those fields of a table that are declared as {@code ref<table>}. */
    public static Schema addRefs(final Schema schema, final String table, final List<FieldSpec> fields) {
        Schema changed = schema;
        for (final FieldSpec field : fields) {
            final String destination = field.type() == null ? null : TypeParser.referredTable(field.type());
            if (destination != null) {
                changed =
                        add(changed, CreateRelation.byType(table, field.name(), destination), changed.nextRelationId());
            }
        }
        return changed;
    }

    /** The schema without the relation that a field's type {@code ref<table>} is, and without its index. */
    public static Schema withoutRef(final Schema schema, final TableSchema table, final Field field) {
        final List<Relation> kept = new ArrayList<>(schema.relations());
        if (!kept.removeIf(relation -> relation.isByType() && relation.uses(table.id(), field.id()))) {
            return schema;
        }
        final Schema changed = schema.withRelations(kept, schema.nextRelationId());
        if (kept.stream().anyMatch(relation -> relation.uses(table.id(), field.id()))) {
            return changed;
        }
        final List<IndexSchema> indexes = new ArrayList<>(table.indexes());
        indexes.removeIf(index ->
                index.fieldIds().equals(List.of(field.id())) && index.name().startsWith(stem(field) + INDEX));
        return changed.withTable(table.withIndexes(indexes));
    }

    /** Whether a type can hold ids. */
    public static boolean mayRefer(final FieldType type) {
        return type == ScalarType.U64 || type == ScalarType.I64;
    }

    private static TableSchema addIndex(final TableSchema source, final Field field) {
        String name = stem(field) + INDEX;
        for (int i = 2; isTaken(source, name); i++) {
            name = stem(field) + INDEX + i;
        }
        return IndexRules.add(source, IndexSpec.ordered(name, field.name()));
    }

    private static String stem(final Field field) {
        final int most = Names.MAX_LENGTH - INDEX.length() - 3;
        return field.name().length() > most ? field.name().substring(0, most) : field.name();
    }

    private static boolean isTaken(final TableSchema table, final String name) {
        return table.indexes().stream()
                .anyMatch(index -> Names.fold(index.name()).equals(Names.fold(name)));
    }

    /**
     * Whether an index finds the records of one value of a field.
     *
     * @param but an index that does not count, or null
     */
    private static boolean hasIndex(final TableSchema table, final int fieldId, final IndexSchema but) {
        return table.indexes().stream().anyMatch(index -> !index.equals(but) && index.startsWith(fieldId));
    }

    /**
     * Checks that no relation needs an index.
     *
     * @throws DbException CONFLICT naming the relation
     */
    public static void checkDropIndex(final Schema schema, final TableSchema table, final IndexSchema index) {
        final int field = index.fieldIds().get(0);
        for (final Relation relation : schema.relations()) {
            if (relation.uses(table.id(), field) && !hasIndex(table, field, index)) {
                throw inTheWay(
                        "index is in use", "table=" + table.name() + ", index=" + index.name(), schema, relation);
            }
        }
    }

    /**
     * Checks that no relation and no index uses a field.
     *
     * @throws DbException CONFLICT naming the first one
     */
    public static void checkDropField(final Schema schema, final TableSchema table, final Field field) {
        for (final Relation relation : schema.relations()) {
            if (relation.uses(table.id(), field.id())) {
                throw inTheWay(
                        "field is in use", "table=" + table.name() + ", field=" + field.name(), schema, relation);
            }
        }
        for (final IndexSchema index : table.indexes()) {
            if (index.uses(field.id())) {
                throw new DbException(
                                ErrorCode.CONFLICT,
                                "field is in use: table=" + table.name() + ", field=" + field.name() + ", index="
                                        + index.name() + "; drop the index first")
                        .with("table", table.name())
                        .with("field", field.name())
                        .with("index", index.name());
            }
        }
    }

    /**
     * Checks that a field may have another type, as far as relations and indexes go.
     *
     * @param changed the table with the field's new type
     * @throws DbException CONFLICT naming the relation or the index
     */
    public static void checkType(final Schema schema, final TableSchema changed, final Field field) {
        for (final Relation relation : schema.relations()) {
            if (relation.uses(changed.id(), field.id()) && !mayRefer(field.type())) {
                throw inTheWay(
                        "field is in use", "table=" + changed.name() + ", field=" + field.name(), schema, relation);
            }
        }
        for (final IndexSchema index : changed.indexes()) {
            if (index.uses(field.id())) {
                try {
                    IndexRules.check(changed, index);
                } catch (final DbException e) {
                    throw new DbException(ErrorCode.CONFLICT, e.getMessage() + "; drop the index first")
                            .with("table", changed.name())
                            .with("field", field.name())
                            .with("index", index.name());
                }
            }
        }
    }

    /**
     * Checks that no relation starts or ends at a table.
     *
     * @throws DbException CONFLICT naming the relations
     */
    public static void checkDropTable(final Schema schema, final TableSchema table) {
        final List<Integer> ids = new ArrayList<>();
        Relation first = null;
        for (final Relation relation : schema.relations()) {
            if (relation.touches(table.id())) {
                first = first == null ? relation : first;
                ids.add(relation.id());
            }
        }
        if (first != null) {
            throw new DbException(
                            ErrorCode.CONFLICT,
                            "table has relations: table=" + table.name() + ", relations=" + ids + ", first="
                                    + schema.describe(first) + "; drop them first, or drop the table with cascade")
                    .with("table", table.name())
                    .with("relations", ids);
        }
    }

    private static DbException inTheWay(
            final String fact, final String what, final Schema schema, final Relation relation) {
        return new DbException(
                        ErrorCode.CONFLICT,
                        fact + ": " + what + ", relation=" + schema.describe(relation) + "; drop the relation first")
                .with("relation", relation.id());
    }

    private static DbException wrong(final TableSchema table, final Field field, final String rule) {
        return new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        rule + ": table=" + table.name() + ", field=" + field.name() + ", type="
                                + field.type().spelling() + ", optional=" + field.optional())
                .with("table", table.name())
                .with("field", field.name());
    }
}
