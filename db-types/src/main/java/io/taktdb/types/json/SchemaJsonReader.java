package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads tables, fields and types as clients wish for them (see {@link SchemaJson}). Threading: one thread. */
final class SchemaJsonReader {
    /** The most groups of one table. */
    static final int MAX_GROUPS = 256;

    private static final List<String> TABLE = List.of("name", "fields", "groups", "indexes", "maxRows");
    private static final List<String> FIELD = List.of("name", "type", "optional", "default", "group", "unique");
    private static final List<String> MEMBER = List.of("name", "type");
    private static final List<String> GROUP = List.of("name", "layout");
    private static final List<String> TYPE = List.of("name", "kind", "members", "names", "fields", "values");
    private static final List<String> KINDS = List.of("composite", "enum");

    private final PropertyReader in;

    SchemaJsonReader(final JsonParser parser) throws IOException {
        this(new PropertyReader(parser));
    }

    SchemaJsonReader(final PropertyReader in) {
        this.in = in;
    }

    CreateTable table() throws IOException {
        final TableParts parts = new TableParts();
        in.object("table", TABLE, property -> parts.read(property, in, this));
        return parts.toCreateTable();
    }

    /** What a table is made of, while it is read. */
    static final class TableParts {
        private String name;
        private List<FieldSpec> fields;
        private Map<String, GroupLayout> groups = Map.of();
        private long maxRows = TableSchema.UNLIMITED_ROWS;
        private List<IndexSpec> indexes = List.of();

        void read(final String property, final PropertyReader in, final SchemaJsonReader reader) throws IOException {
            switch (property) {
                case "name" -> name = Names.require("table", in.string("table.name"));
                case "fields" -> fields = in.array("table.fields", TableSchema.MAX_FIELDS, reader::field);
                case "indexes" ->
                    indexes = in.isNull()
                            ? List.of()
                            : in.array("table.indexes", IndexRules.MAX_INDEXES, () -> IndexJson.readIndex(in));
                case "groups" -> groups = in.isNull() ? Map.of() : reader.groups();
                default ->
                    maxRows = in.isNull()
                            ? TableSchema.UNLIMITED_ROWS
                            : in.integer("table.maxRows", 1, TableSchema.UNLIMITED_ROWS);
            }
        }

        void fields(final List<FieldSpec> read) {
            fields = read;
        }

        CreateTable toCreateTable() {
            PropertyReader.require("table", "name", name);
            if (fields == null) {
                throw new DbException(
                                ErrorCode.INVALID_SCHEMA,
                                "missing property: object=table, property=fields, table=" + name
                                        + "; send [] for a table without fields")
                        .with("table", name);
            }
            return new CreateTable(name, fields, groups, maxRows, indexes);
        }
    }

    FieldSpec field() throws IOException {
        final FieldParts parts = new FieldParts();
        in.object("field", FIELD, property -> parts.read(property, in));
        return parts.toSpec();
    }

    /** What a field is made of, while it is read. */
    static final class FieldParts {
        private String name;
        private String type;
        private boolean optional;
        private String defaultJson;
        private String group;
        private boolean unique;

        void read(final String property, final PropertyReader in) throws IOException {
            switch (property) {
                case "name" -> name = Names.require("field", in.string("field.name"));
                case "type" -> type = in.string("field.type");
                case "optional" -> optional = !in.isNull() && in.bool("field.optional");
                case "default" -> defaultJson = in.json("field.default");
                case "group" -> group = in.isNull() ? null : Names.require("group", in.string("field.group"));
                default -> unique = !in.isNull() && in.bool("field.unique");
            }
        }

        FieldSpec toSpec() {
            PropertyReader.require("field", "name", name);
            if (type == null) {
                throw new DbException(
                        ErrorCode.INVALID_SCHEMA, "missing property: object=field, property=type, field=" + name);
            }
            return new FieldSpec(name, type, optional, defaultJson, group, unique);
        }
    }

    private Map<String, GroupLayout> groups() throws IOException {
        final Map<String, GroupLayout> groups = new LinkedHashMap<>();
        in.array("table.groups", MAX_GROUPS, () -> group(groups));
        return groups;
    }

    private Map<String, GroupLayout> group(final Map<String, GroupLayout> groups) throws IOException {
        final String[] parts = new String[GROUP.size()];
        in.object("group", GROUP, property -> parts[GROUP.indexOf(property)] = in.string("group." + property));
        final String name = Names.require("group", PropertyReader.require("group", "name", parts[0]));
        if (groups.put(name, layout(name, PropertyReader.require("group", "layout", parts[1]))) != null) {
            throw new DbException(ErrorCode.INVALID_SCHEMA, "group named twice: group=" + name + "; remove one");
        }
        return groups;
    }

    private static GroupLayout layout(final String group, final String spelling) {
        for (final GroupLayout layout : GroupLayout.values()) {
            if (layout.spelling().equals(spelling)) {
                return layout;
            }
        }
        final List<String> known =
                Arrays.stream(GroupLayout.values()).map(GroupLayout::spelling).toList();
        throw new DbException(
                ErrorCode.INVALID_SCHEMA,
                "unknown layout: group=" + group + ", layout=" + Names.abbreviate(spelling) + ", known=" + known
                        + Suggestion.didYouMean(spelling, known));
    }

    SchemaChange type() throws IOException {
        final TypeParts parts = new TypeParts();
        in.object("type", TYPE, property -> {
            switch (property) {
                case "name" -> parts.name = Names.require("type", in.string("type.name"));
                case "kind" -> parts.kind = in.string("type.kind");
                case "members", "fields" -> parts.members = members();
                default -> parts.names = names();
            }
        });
        return parts.toChange();
    }

    List<FieldSpec> members() throws IOException {
        return in.array("type.members", TableSchema.MAX_FIELDS, this::member);
    }

    List<String> names() throws IOException {
        return in.array("type.names", EnumType.MAX_NAMES, () -> in.string("type.names"));
    }

    private FieldSpec member() throws IOException {
        final FieldParts parts = new FieldParts();
        in.object("member", MEMBER, property -> parts.read(property, in));
        return parts.toSpec();
    }

    /** What a type is made of, while it is read. */
    private static final class TypeParts {
        private String name;
        private String kind;
        private List<FieldSpec> members;
        private List<String> names;

        SchemaChange toChange() {
            PropertyReader.require("type", "name", name);
            if (kind == null && (members == null) != (names == null)) {
                kind = members == null ? "enum" : "composite";
            }
            PropertyReader.require("type", "kind", kind);
            if (!KINDS.contains(kind)) {
                throw new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        "unknown kind of type: type=" + name + ", kind=" + Names.abbreviate(kind) + ", known=" + KINDS
                                + Suggestion.didYouMean(kind, KINDS));
            }
            final boolean listed = "enum".equals(kind);
            if (listed ? members != null : names != null) {
                throw new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        "a composite has members and an enum has names: type=" + name + ", kind=" + kind);
            }
            return listed
                    ? new CreateEnum(name, PropertyReader.require("type", "names", names))
                    : new CreateComposite(name, PropertyReader.require("type", "members", members));
        }
    }
}
