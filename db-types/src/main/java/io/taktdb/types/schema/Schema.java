package io.taktdb.types.schema;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that a world is made of at one commit: named types, tables and relations, in the order of their making.
 *
 * <p>Invariants: table names differ even when case is ignored; table ids are below {@link #nextTableId()}.
 * {@link #version()} grows by one with every change. Threading: immutable.
 */
public final class Schema {
    /** The schema of a new world. */
    public static final Schema EMPTY = new Schema(0, Map.of(), Map.of(), 1);

    /** The most tables of one world. */
    public static final int MAX_TABLES = 10_000;

    /** The most named types of one world. */
    public static final int MAX_TYPES = 10_000;

    private final int version;
    private final Map<String, FieldType> types;
    private final Map<String, TableSchema> tables;
    private final int nextTableId;
    private final List<Relation> relations;
    private final int nextRelationId;
    private final Map<String, String> foldedNames = new HashMap<>();
    private final Map<Integer, TableSchema> byId = new HashMap<>();
    private final Map<List<Integer>, Integer> refs = new HashMap<>(); // table and field to table

    /** A schema without relations. */
    public Schema(
            final int version,
            final Map<String, FieldType> types,
            final Map<String, TableSchema> tables,
            final int nextTableId) {
        this(version, types, tables, nextTableId, List.of(), 1);
    }

    /**
     * @param types named composites and enums by name, each after those that it uses
     * @param relations between these tables, checked by {@link RelationRules}
     */
    public Schema(
            final int version,
            final Map<String, FieldType> types,
            final Map<String, TableSchema> tables,
            final int nextTableId,
            final List<Relation> relations,
            final int nextRelationId) {
        this.relations = List.copyOf(relations);
        this.nextRelationId = nextRelationId;
        this.version = version;
        this.types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        this.tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
        this.nextTableId = nextTableId;
        for (final TableSchema table : this.tables.values()) {
            final String other = foldedNames.put(Names.fold(table.name()), table.name());
            if (other != null) {
                throw tableExists(table.name(), other);
            }
            byId.put(table.id(), table);
        }
        for (final Relation relation : this.relations) {
            if (relation.isByType()) {
                refs.put(List.of(relation.sourceTableId(), relation.sourceFieldId()), relation.destinationTableId());
            }
        }
    }

    public int version() {
        return version;
    }

    /** Named composites and enums in order of their making. */
    public Map<String, FieldType> types() {
        return types;
    }

    /**
     * A named composite or enum.
     *
     * @throws DbException TYPE_NOT_FOUND with the nearest name
     */
    public FieldType requireType(final String name) {
        final FieldType type = types.get(name);
        if (type == null) {
            final String shown = Names.abbreviate(name);
            throw new DbException(
                            ErrorCode.TYPE_NOT_FOUND,
                            "type not found: type=" + shown + Suggestion.didYouMean(name, types.keySet()))
                    .with("type_name", shown);
        }
        return type;
    }

    /** Tables by name in order of their making. */
    public Map<String, TableSchema> tables() {
        return tables;
    }

    public int nextTableId() {
        return nextTableId;
    }

    /** Relations in order of their making. */
    public List<Relation> relations() {
        return relations;
    }

    public int nextRelationId() {
        return nextRelationId;
    }

    /**
     * A relation by its stable id.
     *
     * @throws DbException RELATION_NOT_FOUND
     */
    public Relation requireRelation(final int id) {
        for (final Relation relation : relations) {
            if (relation.id() == id) {
                return relation;
            }
        }
        throw new DbException(
                        ErrorCode.RELATION_NOT_FOUND,
                        "relation not found: relation=" + id + "; the schema lists all relations")
                .with("relation", id);
    }

    /** A relation as errors show it, such as {@code 3 (mob.owner -> player)}. */
    public String describe(final Relation relation) {
        final TableSchema source = byId.get(relation.sourceTableId());
        return relation.id() + " (" + source.name() + '.'
                + source.fieldById(relation.sourceFieldId()).name() + " -> "
                + byId.get(relation.destinationTableId()).name() + ')';
    }

    /** How a field's type is written: {@code ref<table>} if it was declared so, else as the type is. */
    public String spelling(final TableSchema table, final Field field) {
        final Integer destination = refs.get(List.of(table.id(), field.id()));
        return destination == null
                ? field.type().spelling()
                : "ref<" + byId.get(destination).name() + '>';
    }

    /** The same content as the next version. */
    public Schema nextVersion() {
        return new Schema(version + 1, types, tables, nextTableId, relations, nextRelationId);
    }

    /** The same version with other named types. */
    public Schema withTypes(final Map<String, FieldType> newTypes) {
        return new Schema(version, newTypes, tables, nextTableId, relations, nextRelationId);
    }

    /** The same version with other tables. */
    public Schema withTables(final Map<String, TableSchema> newTables, final int newNextTableId) {
        return new Schema(version, types, newTables, newNextTableId, relations, nextRelationId);
    }

    /** The same version with other relations. */
    public Schema withRelations(final List<Relation> newRelations, final int newNextRelationId) {
        return new Schema(version, types, tables, nextTableId, newRelations, newNextRelationId);
    }

    /**
     * The same content as it is to follow another schema: as its next version, and with ids of tables that it never
     * gave, so that nothing which still means one of its tables finds another.
     */
    public Schema after(final Schema before) {
        final Map<Integer, Integer> ids = new HashMap<>();
        final Map<String, TableSchema> numbered = new LinkedHashMap<>();
        int next = before.nextTableId;
        for (final TableSchema table : tables.values()) {
            ids.put(table.id(), next);
            numbered.put(table.name(), table.renumbered(next++));
        }
        final List<Relation> numberedRelations = relations.stream()
                .map(relation -> new Relation(
                        relation.id(),
                        ids.get(relation.sourceTableId()),
                        relation.sourceFieldId(),
                        ids.get(relation.destinationTableId()),
                        relation.onDelete()))
                .toList();
        return new Schema(
                before.version + 1,
                types,
                numbered,
                next,
                numberedRelations,
                Math.max(nextRelationId, before.nextRelationId));
    }

    /** The same version with its named types alone. */
    public Schema withoutTables() {
        return new Schema(version, types, Map.of(), nextTableId, List.of(), nextRelationId);
    }

    /** The same version with the table of the same id replaced, in its place. */
    public Schema withTable(final TableSchema changed) {
        final Map<String, TableSchema> changedTables = new LinkedHashMap<>();
        for (final TableSchema table : tables.values()) {
            final TableSchema kept = table.id() == changed.id() ? changed : table;
            changedTables.put(kept.name(), kept);
        }
        return withTables(changedTables, nextTableId);
    }

    /** A table by name, or null. */
    public TableSchema table(final String name) {
        return tables.get(name);
    }

    /** A table by its stable id, or null. */
    public TableSchema tableById(final int id) {
        return byId.get(id);
    }

    /**
     * A table by name.
     *
     * @throws DbException TABLE_NOT_FOUND with the nearest name
     */
    public TableSchema requireTable(final String name) {
        final TableSchema table = tables.get(name);
        if (table == null) {
            throw tableNotFound(name);
        }
        return table;
    }

    /** The name of the table that a new name collides with (also when only the case differs), or null. */
    public String collidesWith(final String name) {
        return foldedNames.get(Names.fold(name));
    }

    /** The error for a table name that does not exist. */
    public DbException tableNotFound(final String name) {
        final String shown = Names.abbreviate(name);
        return new DbException(
                        ErrorCode.TABLE_NOT_FOUND,
                        "table not found: table=" + shown + Suggestion.didYouMean(name, tables.keySet()))
                .with("table", shown);
    }

    /** The error for a table name that is taken. */
    public static DbException tableExists(final String name, final String existing) {
        return new DbException(
                        ErrorCode.ALREADY_EXISTS,
                        "table exists already: table=" + name + ", existing=" + existing
                                + (name.equals(existing) ? "" : "; names that differ only in case are the same"))
                .with("table", name)
                .with("existing", existing);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Schema that
                && version == that.version
                && types.equals(that.types)
                && tables.equals(that.tables)
                && nextTableId == that.nextTableId
                && relations.equals(that.relations)
                && nextRelationId == that.nextRelationId;
    }

    @Override
    public int hashCode() {
        return 31 * version + tables.hashCode();
    }

    @Override
    public String toString() {
        return "Schema{version=" + version + ", tables=" + tables.keySet() + '}';
    }
}
