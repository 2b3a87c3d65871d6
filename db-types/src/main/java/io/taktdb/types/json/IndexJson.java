package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.error.Suggestion;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexKind;
import io.taktdb.types.schema.IndexRules;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.Names;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Indexes and relations as JSON, by the names of tables and fields.
 *
 * <pre>
 *   index     {name, fields: [field], kind: "hash" or "ordered", unique}
 *   relation  {id, source_table, source_field, destination_table, on_delete: "restrict", "cascade" or "set_null", ref}
 * </pre>
 *
 * {@code ref} says that the field's type is {@code ref<destination_table>}; absent, it is false.
 *
 * A missing {@code kind} is ordered, a missing {@code unique} is false, a missing {@code on_delete} is restrict.
 */
final class IndexJson {
    private static final List<String> INDEX = List.of("name", "fields", "kind", "unique");
    private static final List<String> RELATION =
            List.of("id", "source_table", "source_field", "destination_table", "on_delete", "ref");
    private static final List<String> KINDS =
            Arrays.stream(IndexKind.values()).map(IndexKind::spelling).toList();
    private static final List<String> ACTIONS =
            Arrays.stream(OnDelete.values()).map(OnDelete::spelling).toList();

    /**
     * A relation as it was read.
     *
     * @param id null where there was none
     */
    record StoredRelation(Integer id, CreateRelation wish) {}

    private final PropertyReader in;
    private String name;
    private List<String> fields;
    private IndexKind kind = IndexKind.ORDERED;
    private boolean unique;
    private Integer id;
    private String sourceTable;
    private String sourceField;
    private String destinationTable;
    private OnDelete onDelete = OnDelete.RESTRICT;
    private boolean isByType;

    private IndexJson(final PropertyReader in) {
        this.in = in;
    }

    static IndexSpec readIndex(final PropertyReader in) throws IOException {
        final IndexJson parts = new IndexJson(in);
        in.object("index", INDEX, parts::indexProperty);
        return new IndexSpec(
                PropertyReader.require("index", "name", parts.name),
                PropertyReader.require("index", "fields", parts.fields),
                parts.kind,
                parts.unique);
    }

    private void indexProperty(final String property) throws IOException {
        switch (property) {
            case "name" -> name = Names.require("index", in.string("index.name"));
            case "fields" -> fields = in.array("index.fields", IndexRules.MAX_FIELDS, () -> in.string("index.fields"));
            case "kind" ->
                kind = in.isNull()
                        ? IndexKind.ORDERED
                        : IndexKind.values()[position("kind of index", "kind", in.string("index.kind"), KINDS)];
            default -> unique = !in.isNull() && in.bool("index.unique");
        }
    }

    static StoredRelation readRelation(final PropertyReader in) throws IOException {
        final IndexJson parts = new IndexJson(in);
        in.object("relation", RELATION, parts::relationProperty);
        return new StoredRelation(
                parts.id,
                new CreateRelation(
                        PropertyReader.require("relation", "source_table", parts.sourceTable),
                        PropertyReader.require("relation", "source_field", parts.sourceField),
                        PropertyReader.require("relation", "destination_table", parts.destinationTable),
                        parts.onDelete,
                        parts.isByType));
    }

    private void relationProperty(final String property) throws IOException {
        switch (property) {
            case "id" -> id = (int) in.integer("relation.id", 0, Integer.MAX_VALUE);
            case "source_table" -> sourceTable = in.string("relation.source_table");
            case "source_field" -> sourceField = in.string("relation.source_field");
            case "ref" -> isByType = !in.isNull() && in.bool("relation.ref");
            case "destination_table" -> destinationTable = in.string("relation.destination_table");
            default ->
                onDelete = in.isNull()
                        ? OnDelete.RESTRICT
                        : OnDelete.values()[position("action", "on_delete", in.string("relation.on_delete"), ACTIONS)];
        }
    }

    private static int position(
            final String what, final String property, final String spelling, final List<String> known) {
        final int position = known.indexOf(spelling);
        if (position < 0) {
            throw new DbException(
                    ErrorCode.INVALID_SCHEMA,
                    "unknown " + what + ": " + property + "=" + Names.abbreviate(spelling) + ", known=" + known
                            + Suggestion.didYouMean(spelling, known));
        }
        return position;
    }

    static void writeIndexes(final JsonGenerator g, final TableSchema table) throws IOException {
        g.writeArrayFieldStart("indexes");
        for (final IndexSchema index : table.indexes()) {
            final List<String> names =
                    IndexRules.fieldsOf(table, index).stream().map(Field::name).toList();
            writeIndex(g, new IndexSpec(index.name(), names, index.kind(), index.unique()));
        }
        g.writeEndArray();
    }

    static void writeIndex(final JsonGenerator g, final IndexSpec index) throws IOException {
        g.writeStartObject();
        g.writeStringField("name", index.name());
        g.writeArrayFieldStart("fields");
        for (final String field : index.fields()) {
            g.writeString(field);
        }
        g.writeEndArray();
        g.writeStringField("kind", index.kind().spelling());
        g.writeBooleanField("unique", index.unique());
        g.writeEndObject();
    }

    static void writeRelation(final JsonGenerator g, final Schema schema, final Relation relation) throws IOException {
        g.writeStartObject();
        g.writeNumberField("id", relation.id());
        writeWish(g, wish(schema, relation));
        g.writeEndObject();
    }

    /** What would make a relation again. */
    private static CreateRelation wish(final Schema schema, final Relation relation) {
        final TableSchema source = schema.tableById(relation.sourceTableId());
        return new CreateRelation(
                source.name(),
                source.fieldById(relation.sourceFieldId()).name(),
                schema.tableById(relation.destinationTableId()).name(),
                relation.onDelete(),
                relation.isByType());
    }

    static void writeWish(final JsonGenerator g, final CreateRelation wish) throws IOException {
        g.writeStringField("source_table", wish.sourceTable());
        g.writeStringField("source_field", wish.sourceField());
        g.writeStringField("destination_table", wish.destinationTable());
        g.writeStringField("on_delete", wish.onDelete().spelling());
        if (wish.isByType()) {
            g.writeBooleanField("ref", true);
        }
    }
}
