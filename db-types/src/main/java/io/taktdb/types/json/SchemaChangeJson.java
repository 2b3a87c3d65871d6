package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.DropIndex;
import io.taktdb.types.schema.SchemaChange.DropRelation;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.SchemaChange.DropType;
import io.taktdb.types.schema.SchemaChange.RenameField;
import io.taktdb.types.schema.SchemaChange.RenameTable;
import io.taktdb.types.schema.SchemaChange.WidenField;
import java.io.IOException;
import java.util.List;

/**
 * Schema changes as JSON, the form in which they are journalled.
 *
 * <pre>
 *   {change: "create_table", create: table}      {change: "drop_table", table, cascade}
 *   {change: "rename_table", table, new_name}    {change: "add_field", table, spec: field}
 *   {change: "drop_field", table, field}         {change: "rename_field", table, field, new_name}
 *   {change: "widen_field", table, field, new_type}
 *   {change: "create_index", table, index}       {change: "drop_index", table, name}
 *   {change: "create_relation", relation}        {change: "drop_relation", id}
 *   {change: "create_composite", type, members}  {change: "create_enum", type, names}
 *   {change: "drop_type", type}
 * </pre>
 */
final class SchemaChangeJson {
    /** The most changes of one command. */
    private static final int MAX_CHANGES = 20_000;

    private static final List<String> PROPERTIES = List.of(
            "change",
            "create",
            "table",
            "field",
            "new_name",
            "new_type",
            "spec",
            "type",
            "members",
            "names",
            "cascade",
            "index",
            "name",
            "relation",
            "id");
    private static final List<String> CHANGES = List.of(
            "create_table",
            "drop_table",
            "rename_table",
            "add_field",
            "drop_field",
            "rename_field",
            "widen_field",
            "create_composite",
            "create_enum",
            "drop_type",
            "create_index",
            "drop_index",
            "create_relation",
            "drop_relation");

    private String change;
    private CreateTable create;
    private String table;
    private String field;
    private String newName;
    private String newType;
    private FieldSpec spec;
    private String type;
    private List<FieldSpec> members;
    private List<String> names;
    private boolean cascade;
    private IndexSpec index;
    private String name;
    private CreateRelation relation;
    private Integer id;

    private SchemaChangeJson() {}

    static List<SchemaChange> readAll(final JsonParser parser) throws IOException {
        final PropertyReader in = new PropertyReader(parser);
        final SchemaJsonReader reader = new SchemaJsonReader(in);
        return List.copyOf(in.array("changes", MAX_CHANGES, () -> {
            final SchemaChangeJson parts = new SchemaChangeJson();
            in.object("change", PROPERTIES, property -> parts.read(property, in, reader));
            return parts.toChange();
        }));
    }

    private void read(final String property, final PropertyReader in, final SchemaJsonReader reader)
            throws IOException {
        switch (property) {
            case "change" -> change = in.string(property);
            case "create" -> create = reader.table();
            case "table" -> table = in.string(property);
            case "field" -> field = in.string(property);
            case "new_name" -> newName = in.string(property);
            case "new_type" -> newType = in.string(property);
            case "spec" -> spec = reader.field();
            case "type" -> type = in.string(property);
            case "members" -> members = reader.members();
            case "names" -> names = reader.names();
            case "cascade" -> cascade = in.bool(property);
            case "index" -> index = IndexJson.readIndex(in);
            case "name" -> name = in.string(property);
            case "relation" -> relation = IndexJson.readRelation(in).wish();
            default -> id = (int) in.integer(property, 0, Integer.MAX_VALUE);
        }
    }

    private SchemaChange toChange() {
        require("change", change);
        return switch (change) {
            case "create_table" -> require("create", create);
            case "drop_table" -> new DropTable(require("table", table), cascade);
            case "rename_table" -> new RenameTable(require("table", table), require("new_name", newName));
            case "add_field" -> new AddField(require("table", table), require("spec", spec));
            case "drop_field" -> new DropField(require("table", table), require("field", field));
            case "rename_field" ->
                new RenameField(require("table", table), require("field", field), require("new_name", newName));
            case "widen_field" ->
                new WidenField(require("table", table), require("field", field), require("new_type", newType));
            case "create_composite" -> new CreateComposite(require("type", type), require("members", members));
            case "create_enum" -> new CreateEnum(require("type", type), require("names", names));
            case "drop_type" -> new DropType(require("type", type));
            case "create_index" -> new CreateIndex(require("table", table), require("index", index));
            case "drop_index" -> new DropIndex(require("table", table), require("name", name));
            case "create_relation" -> require("relation", relation);
            case "drop_relation" -> new DropRelation(require("id", id));
            default ->
                throw new DbException(
                        ErrorCode.INVALID_SCHEMA,
                        "unknown change: change=" + Names.abbreviate(change) + Suggestion.didYouMean(change, CHANGES));
        };
    }

    private <T> T require(final String property, final T value) {
        return PropertyReader.require(change == null ? "change" : change, property, value);
    }

    static void write(final JsonGenerator g, final SchemaChange change) throws IOException {
        g.writeStartObject();
        if (change instanceof CreateTable c) {
            head(g, "create_table", null);
            g.writeFieldName("create");
            new SchemaJsonWriter(g, false).wish(c);
        } else if (change instanceof DropTable c) {
            head(g, "drop_table", c.table());
            if (c.cascade()) {
                g.writeBooleanField("cascade", true);
            }
        } else if (change instanceof RenameTable c) {
            head(g, "rename_table", c.table());
            g.writeStringField("new_name", c.newName());
        } else if (change instanceof AddField c) {
            head(g, "add_field", c.table());
            g.writeFieldName("spec");
            new SchemaJsonWriter(g, false).field(c.field());
        } else if (change instanceof DropField c) {
            head(g, "drop_field", c.table());
            g.writeStringField("field", c.field());
        } else if (change instanceof RenameField c) {
            head(g, "rename_field", c.table());
            g.writeStringField("field", c.field());
            g.writeStringField("new_name", c.newName());
        } else if (change instanceof WidenField c) {
            head(g, "widen_field", c.table());
            g.writeStringField("field", c.field());
            g.writeStringField("new_type", c.newType());
        } else {
            typeChange(g, change);
        }
        g.writeEndObject();
    }

    private static void typeChange(final JsonGenerator g, final SchemaChange change) throws IOException {
        if (change instanceof CreateComposite c) {
            head(g, "create_composite", null);
            g.writeStringField("type", c.type());
            new SchemaJsonWriter(g, false).members(c.members());
        } else if (change instanceof CreateEnum c) {
            head(g, "create_enum", null);
            g.writeStringField("type", c.type());
            new SchemaJsonWriter(g, false).names(c.names());
        } else if (change instanceof DropType c) {
            head(g, "drop_type", null);
            g.writeStringField("type", c.type());
        } else {
            indexChange(g, change);
        }
    }

    private static void indexChange(final JsonGenerator g, final SchemaChange change) throws IOException {
        if (change instanceof CreateIndex c) {
            head(g, "create_index", c.table());
            g.writeFieldName("index");
            IndexJson.writeIndex(g, c.index());
        } else if (change instanceof DropIndex c) {
            head(g, "drop_index", c.table());
            g.writeStringField("name", c.index());
        } else if (change instanceof CreateRelation c) {
            head(g, "create_relation", null);
            g.writeObjectFieldStart("relation");
            IndexJson.writeWish(g, c);
            g.writeEndObject();
        } else if (change instanceof DropRelation c) {
            head(g, "drop_relation", null);
            g.writeNumberField("id", c.relation());
        }
    }

    private static void head(final JsonGenerator g, final String word, final String table) throws IOException {
        g.writeStringField("change", word);
        if (table != null) {
            g.writeStringField("table", table);
        }
    }
}
