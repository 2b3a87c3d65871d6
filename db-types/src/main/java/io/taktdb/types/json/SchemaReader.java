package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.IndexJson.StoredRelation;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.RelationRules;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SpecResolver;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.TypeParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a whole schema and trusts nothing in it: names and types must hold as if they were new, ids must be below their
 * counters and used once.
 *
 * <p>The stored form must have all ids; the form that clients see has none, and gets them in order, from 1. Threading:
 * one thread.
 */
final class SchemaReader {
    private static final List<String> SCHEMA = List.of("version", "types", "tables", "relations");
    private static final List<String> STORED_SCHEMA =
            List.of("version", "types", "tables", "relations", "next_table_id", "next_relation_id");
    private static final List<String> STORED_TABLE =
            List.of("name", "table_id", "next_field_id", "fields", "groups", "indexes", "maxRows");
    private static final List<String> STORED_FIELD =
            List.of("field_id", "name", "type", "optional", "default", "group", "unique");

    private final PropertyReader in;
    private final SchemaJsonReader reader;
    private final boolean stored;
    private int version;
    private Integer nextTableId;
    private int nextRelationId = 1;
    private List<StoredRelation> relations = List.of();
    private final Set<CreateRelation> refs = new LinkedHashSet<>();
    private List<SchemaChange> types = List.of();
    private List<StoredTable> tables = List.of();

    /** A table as it was read, before types are known. */
    private record StoredTable(CreateTable wish, List<Integer> fieldIds, int id, int nextFieldId) {}

    /**
     * @param stored which of the two forms is read
     */
    SchemaReader(final JsonParser parser, final boolean stored) throws IOException {
        this.in = new PropertyReader(parser);
        this.reader = new SchemaJsonReader(in);
        this.stored = stored;
    }

    Schema schema() throws IOException {
        in.object("schema", stored ? STORED_SCHEMA : SCHEMA, this::property);
        final Map<String, FieldType> named = makeTypes();
        final int tableLimit =
                stored ? PropertyReader.require("schema", "next_table_id", nextTableId) : tables.size() + 1;
        final Map<String, TableSchema> made = new LinkedHashMap<>();
        final BitSet ids = new BitSet();
        for (final StoredTable table : tables) {
            final TableSchema one = makeTable(table, named);
            useId("table", one.name(), one.id(), tableLimit, ids);
            noteRefs(table.wish());
            if (made.put(one.name(), one) != null) {
                throw Schema.tableExists(one.name(), one.name());
            }
        }
        return withRelations(new Schema(version, named, made, tableLimit));
    }

    private void noteRefs(final CreateTable wish) {
        for (final FieldSpec field : wish.fields()) {
            final String destination = TypeParser.referredTable(field.type());
            if (destination != null) {
                refs.add(CreateRelation.byType(wish.table(), field.name(), destination));
            }
        }
    }

    /** Fresh ids in order, or the stored ones, which must be below their counter. */
    private Schema withRelations(final Schema tablesOnly) {
        Schema schema = tablesOnly;
        final BitSet ids = new BitSet();
        for (final StoredRelation relation : relations) {
            int id = schema.nextRelationId();
            if (stored) {
                id = PropertyReader.require("relation", "id", relation.id());
                useId("relation", relation.wish().sourceTable(), id, nextRelationId, ids);
            }
            schema = RelationRules.add(schema, declared(relation.wish()), id);
        }
        for (final CreateRelation ref : refs) {
            schema = RelationRules.add(schema, ref, schema.nextRelationId());
        }
        return stored ? schema.withRelations(schema.relations(), nextRelationId) : schema;
    }

    /** The relation that is wished for; by type if its field is declared so, which then needs no other. */
    private CreateRelation declared(final CreateRelation wish) {
        final CreateRelation ref =
                CreateRelation.byType(wish.sourceTable(), wish.sourceField(), wish.destinationTable());
        if (stored) {
            return wish;
        }
        final boolean isDeclared = refs.remove(ref);
        return isDeclared && wish.onDelete() == OnDelete.RESTRICT
                ? ref
                : new CreateRelation(wish.sourceTable(), wish.sourceField(), wish.destinationTable(), wish.onDelete());
    }

    private void property(final String property) throws IOException {
        switch (property) {
            case "version" -> version = number(property);
            case "next_table_id" -> nextTableId = number(property);
            case "next_relation_id" -> nextRelationId = number(property);
            case "types" -> types = in.array("types", Schema.MAX_TYPES, reader::type);
            case "tables" -> {
                final int[] count = new int[1];
                tables = in.array("tables", Schema.MAX_TABLES, () -> stored ? storedTable() : newTable(++count[0]));
            }
            default -> relations = in.array("relations", RelationRules.MAX_RELATIONS, () -> IndexJson.readRelation(in));
        }
    }

    private int number(final String what) throws IOException {
        return (int) in.integer(what, 0, Integer.MAX_VALUE);
    }

    private StoredTable newTable(final int id) throws IOException {
        final CreateTable wish = reader.table();
        final List<Integer> ids = new ArrayList<>();
        for (int i = 1; i <= wish.fields().size(); i++) {
            ids.add(i);
        }
        return new StoredTable(wish, ids, id, ids.size() + 1);
    }

    private StoredTable storedTable() throws IOException {
        final SchemaJsonReader.TableParts parts = new SchemaJsonReader.TableParts();
        final List<Integer> fieldIds = new ArrayList<>();
        final Map<String, Integer> counters = new LinkedHashMap<>();
        in.object("table", STORED_TABLE, property -> {
            switch (property) {
                case "table_id", "next_field_id" -> counters.put(property, number(property));
                case "fields" ->
                    parts.fields(in.array("table.fields", TableSchema.MAX_FIELDS, () -> storedField(fieldIds)));
                default -> parts.read(property, in, reader);
            }
        });
        return new StoredTable(
                parts.toCreateTable(),
                fieldIds,
                PropertyReader.require("table", "table_id", counters.get("table_id")),
                PropertyReader.require("table", "next_field_id", counters.get("next_field_id")));
    }

    private FieldSpec storedField(final List<Integer> fieldIds) throws IOException {
        final SchemaJsonReader.FieldParts parts = new SchemaJsonReader.FieldParts();
        final int before = fieldIds.size();
        in.object("field", STORED_FIELD, property -> {
            if ("field_id".equals(property)) {
                fieldIds.add(number(property));
            } else {
                parts.read(property, in);
            }
        });
        PropertyReader.require("field", "field_id", fieldIds.size() == before ? null : fieldIds);
        return parts.toSpec();
    }

    private Map<String, FieldType> makeTypes() {
        final Map<String, FieldType> named = new LinkedHashMap<>();
        final Set<String> folded = new HashSet<>();
        for (final SchemaChange type : types) {
            final FieldType made = type instanceof CreateEnum listed
                    ? SpecResolver.enumeration(listed)
                    : SpecResolver.composite((CreateComposite) type, named);
            final String name = Names.fold(made.spelling());
            if (TypeParser.isBuiltIn(name) || !folded.add(name)) {
                throw new DbException(
                        ErrorCode.ALREADY_EXISTS,
                        "type exists already: type=" + made.spelling() + "; choose another name");
            }
            named.put(made.spelling(), made);
        }
        return named;
    }

    private static TableSchema makeTable(final StoredTable table, final Map<String, FieldType> named) {
        final CreateTable wish = table.wish();
        final BitSet ids = new BitSet();
        final List<Field> fields = new ArrayList<>(wish.fields().size());
        for (int i = 0; i < wish.fields().size(); i++) {
            final int id = table.fieldIds().get(i);
            final Field field = SpecResolver.field(id, wish.fields().get(i), named);
            useId("field", wish.table() + "." + field.name(), id, table.nextFieldId(), ids);
            fields.add(DefaultValue.canonical(wish.table(), field));
        }
        final TableSchema made =
                new TableSchema(table.id(), wish.table(), fields, wish.groups(), wish.maxRows(), table.nextFieldId());
        return IndexRules.addAll(made, wish.indexes(), wish.fields());
    }

    private static void useId(final String what, final String name, final int id, final int limit, final BitSet used) {
        if (id >= limit || used.get(id)) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    what + " id is used twice or not below its counter: " + what + "=" + name + ", id=" + id
                            + ", counter=" + limit + "; the stored schema is damaged");
        }
        used.set(id);
    }
}
