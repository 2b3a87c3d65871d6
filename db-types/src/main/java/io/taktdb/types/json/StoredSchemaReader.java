package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SpecResolver;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.TypeParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the stored form of a schema, and trusts nothing in it: ids must be below their counters and used once, names
 * and types must hold as if they were new. Threading: one thread.
 */
final class StoredSchemaReader {
    private static final List<String> SCHEMA = List.of("version", "types", "tables", "relations", "next_table_id");
    private static final List<String> TABLE =
            List.of("name", "table_id", "next_field_id", "fields", "groups", "maxRows");
    private static final List<String> FIELD =
            List.of("field_id", "name", "type", "optional", "default", "group", "unique");

    private final PropertyReader in;
    private final SchemaJsonReader reader;
    private Integer version;
    private Integer nextTableId;
    private List<SchemaChange> types = List.of();
    private List<StoredTable> tables = List.of();

    /** A table as it was read, before types are known. */
    private static final class StoredTable {
        private final SchemaJsonReader.TableParts parts = new SchemaJsonReader.TableParts();
        private final List<Integer> fieldIds = new ArrayList<>();
        private final List<FieldSpec> fields = new ArrayList<>();
        private Integer id;
        private Integer nextFieldId;
    }

    StoredSchemaReader(final JsonParser parser) throws IOException {
        in = new PropertyReader(parser);
        reader = new SchemaJsonReader(in);
    }

    Schema schema() throws IOException {
        in.object("schema", SCHEMA, this::property);
        final Map<String, FieldType> named = new LinkedHashMap<>();
        for (final SchemaChange type : types) {
            final FieldType made = make(type, named);
            if (TypeParser.isBuiltIn(made.spelling()) || named.put(made.spelling(), made) != null) {
                throw damaged("type name is taken: type=" + made.spelling());
            }
        }
        final int tableLimit = PropertyReader.require("schema", "next_table_id", nextTableId);
        final Map<String, TableSchema> made = new LinkedHashMap<>();
        final BitSet ids = new BitSet();
        for (final StoredTable table : tables) {
            final TableSchema one = make(table, named);
            if (one.id() >= tableLimit || ids.get(one.id())) {
                throw damaged("table id out of range or used twice: table=" + one.name() + ", id=" + one.id());
            }
            ids.set(one.id());
            if (made.put(one.name(), one) != null) {
                throw Schema.tableExists(one.name(), one.name());
            }
        }
        return new Schema(PropertyReader.require("schema", "version", version), named, made, tableLimit);
    }

    private void property(final String property) throws IOException {
        switch (property) {
            case "version" -> version = number("version");
            case "next_table_id" -> nextTableId = number(property);
            case "types" -> types = in.array("types", Schema.MAX_TYPES, reader::type);
            case "tables" -> tables = in.array("tables", Schema.MAX_TABLES, this::table);
            default -> in.array("relations", 0, () -> null);
        }
    }

    private int number(final String what) throws IOException {
        return (int) in.integer(what, 0, Integer.MAX_VALUE);
    }

    private StoredTable table() throws IOException {
        final StoredTable table = new StoredTable();
        in.object("table", TABLE, property -> {
            switch (property) {
                case "table_id" -> table.id = number(property);
                case "next_field_id" -> table.nextFieldId = number(property);
                case "fields" -> in.array("table.fields", TableSchema.MAX_FIELDS, () -> field(table));
                default -> table.parts.read(property, in, reader);
            }
        });
        return table;
    }

    private FieldSpec field(final StoredTable table) throws IOException {
        final SchemaJsonReader.FieldParts parts = new SchemaJsonReader.FieldParts();
        final Integer[] id = new Integer[1];
        in.object("field", FIELD, property -> {
            if ("field_id".equals(property)) {
                id[0] = number(property);
            } else {
                parts.read(property, in);
            }
        });
        table.fieldIds.add(PropertyReader.require("field", "field_id", id[0]));
        table.fields.add(parts.toSpec());
        return parts.toSpec();
    }

    private static TableSchema make(final StoredTable table, final Map<String, FieldType> named) {
        final CreateTable plain = table.parts.toCreateTable(table.fields);
        final int fieldLimit = PropertyReader.require("table", "next_field_id", table.nextFieldId);
        final BitSet ids = new BitSet();
        final List<Field> fields = new ArrayList<>(table.fields.size());
        for (int i = 0; i < table.fields.size(); i++) {
            final FieldSpec spec = table.fields.get(i);
            final int id = table.fieldIds.get(i);
            if (id >= fieldLimit || ids.get(id)) {
                throw damaged("field id out of range or used twice: table=" + plain.table() + ", field=" + spec.name()
                        + ", id=" + id);
            }
            ids.set(id);
            final Field field = SpecResolver.field(id, spec, named);
            DefaultValue.check(plain.table(), field);
            fields.add(field);
        }
        final int id = PropertyReader.require("table", "table_id", table.id);
        return new TableSchema(id, plain.table(), fields, plain.groups(), plain.maxRows(), fieldLimit);
    }

    private static FieldType make(final SchemaChange type, final Map<String, FieldType> named) {
        return type instanceof CreateEnum listed
                ? SpecResolver.enumeration(listed)
                : SpecResolver.composite((CreateComposite) type, named);
    }

    private static DbException damaged(final String fact) {
        return new DbException(ErrorCode.INVALID_SCHEMA, fact + "; the stored schema is damaged");
    }
}
