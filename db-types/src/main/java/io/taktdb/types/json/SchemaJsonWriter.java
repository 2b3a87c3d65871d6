package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes the shapes that {@link SchemaJson} describes. Threading: one thread. */
final class SchemaJsonWriter {
    private final JsonGenerator g;
    private final boolean stored;

    /**
     * @param stored whether ids are written too
     */
    SchemaJsonWriter(final JsonGenerator g, final boolean stored) {
        this.g = g;
        this.stored = stored;
    }

    void schema(final Schema schema) throws IOException {
        g.writeStartObject();
        g.writeNumberField("version", schema.version());
        g.writeArrayFieldStart("types");
        for (final FieldType type : schema.types().values()) {
            type(type);
        }
        g.writeEndArray();
        g.writeArrayFieldStart("tables");
        for (final TableSchema table : schema.tables().values()) {
            g.writeStartObject();
            tableProperties(schema, table);
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeArrayFieldStart("relations");
        for (final Relation relation : schema.relations()) {
            IndexJson.writeRelation(g, schema, relation);
        }
        g.writeEndArray();
        if (stored) {
            g.writeNumberField("next_table_id", schema.nextTableId());
            g.writeNumberField("next_relation_id", schema.nextRelationId());
        }
        g.writeEndObject();
    }

    void type(final FieldType named) throws IOException {
        g.writeStartObject();
        g.writeStringField("name", named.spelling());
        if (named instanceof EnumType listed) {
            g.writeStringField("kind", "enum");
            names(listed.names());
        } else {
            g.writeStringField("kind", "composite");
            g.writeArrayFieldStart("members");
            for (final CompositeType.Member member : ((CompositeType) named).members()) {
                member(member.name(), member.type().spelling());
            }
            g.writeEndArray();
        }
        g.writeEndObject();
    }

    void names(final List<String> names) throws IOException {
        g.writeArrayFieldStart("names");
        for (final String name : names) {
            g.writeString(name);
        }
        g.writeEndArray();
    }

    void tableProperties(final Schema schema, final TableSchema table) throws IOException {
        g.writeStringField("name", table.name());
        if (stored) {
            g.writeNumberField("table_id", table.id());
            g.writeNumberField("next_field_id", table.nextFieldId());
        }
        g.writeArrayFieldStart("fields");
        for (final Field field : table.fields()) {
            g.writeStartObject();
            if (stored) {
                g.writeNumberField("field_id", field.id());
            }
            final String type = stored ? field.type().spelling() : schema.spelling(table, field);
            fieldProperties(field.name(), type, field.optional(), field.defaultJson());
            if (table.isUnique(field)) {
                g.writeBooleanField("unique", true);
            }
            g.writeStringField("group", field.group());
            g.writeEndObject();
        }
        g.writeEndArray();
        groups(table.groups());
        IndexJson.writeIndexes(g, table);
        maxRows(table.maxRows());
    }

    /** A table that is wished for. */
    void wish(final CreateTable wish) throws IOException {
        g.writeStartObject();
        g.writeStringField("name", wish.table());
        g.writeArrayFieldStart("fields");
        for (final FieldSpec field : wish.fields()) {
            field(field);
        }
        g.writeEndArray();
        groups(wish.groups());
        if (!wish.indexes().isEmpty()) {
            g.writeArrayFieldStart("indexes");
            for (final IndexSpec index : wish.indexes()) {
                IndexJson.writeIndex(g, index);
            }
            g.writeEndArray();
        }
        maxRows(wish.maxRows());
        g.writeEndObject();
    }

    void members(final List<FieldSpec> members) throws IOException {
        g.writeArrayFieldStart("members");
        for (final FieldSpec member : members) {
            member(member.name(), member.type());
        }
        g.writeEndArray();
    }

    private void member(final String name, final String type) throws IOException {
        g.writeStartObject();
        g.writeStringField("name", name);
        g.writeStringField("type", type);
        g.writeEndObject();
    }

    void field(final FieldSpec field) throws IOException {
        g.writeStartObject();
        fieldProperties(field.name(), field.type(), field.optional(), field.defaultJson());
        if (field.unique()) {
            g.writeBooleanField("unique", true);
        }
        if (field.group() != null) {
            g.writeStringField("group", field.group());
        }
        g.writeEndObject();
    }

    private void fieldProperties(final String name, final String type, final boolean optional, final String defaultJson)
            throws IOException {
        g.writeStringField("name", name);
        g.writeStringField("type", type);
        g.writeBooleanField("optional", optional);
        if (defaultJson != null) {
            g.writeFieldName("default");
            g.writeRawValue(defaultJson);
        }
    }

    private void groups(final Map<String, GroupLayout> groups) throws IOException {
        g.writeArrayFieldStart("groups");
        for (final Map.Entry<String, GroupLayout> group : groups.entrySet()) {
            g.writeStartObject();
            g.writeStringField("name", group.getKey());
            g.writeStringField("layout", group.getValue().spelling());
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    private void maxRows(final long maxRows) throws IOException {
        if (maxRows != TableSchema.UNLIMITED_ROWS) {
            g.writeNumberField("maxRows", maxRows);
        }
    }
}
