package io.taktdb.types.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.Relation;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.TableSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Schemas and their changes as JSON.
 *
 * <pre>
 *   schema    {version, types: [type], tables: [table], relations: [relation]}
 *   type      {name, kind: "composite", members: [{name, type}]}  or  {name, kind: "enum", names: [text]}
 *             (read, too: fields for members, values for names, and without a kind what these say)
 *   table     {name, fields: [field], groups: [{name, layout: "columns" or "rows"}], indexes: [index], maxRows}
 *   field     {name, type, optional, default, unique, group}
 *   index     {name, fields: [name], kind: "hash" or "ordered", unique}
 *   relation  {id, source_table, source_field, destination_table, on_delete, ref}
 *   stored    the same, with next_table_id, next_relation_id, table_id, next_field_id and field_id
 * </pre>
 *
 * A field of type {@code ref<table>} is a u64 and a relation with {@code ref}; the stored form has just these. A
 * missing {@code default} is none, a missing {@code maxRows} is no limit. Readers stand on the value's first token,
 * or before it, and end on its last; they check everything, and their errors are INVALID_SCHEMA, INVALID_NAME,
 * LIMIT_EXCEEDED, ALREADY_EXISTS or INVALID_JSON. Threading: none of its own.
 */
public final class SchemaJson {
    private SchemaJson() {}

    /** Something that reads or writes JSON. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    /** Writes a schema as clients see it. */
    public static void write(final JsonGenerator g, final Schema schema) throws IOException {
        new SchemaJsonWriter(g, false).schema(schema);
    }

    /** Writes a table as clients see it. */
    public static void writeTable(final JsonGenerator g, final Schema schema, final TableSchema table)
            throws IOException {
        g.writeStartObject();
        writeTableProperties(g, schema, table);
        g.writeEndObject();
    }

    /** Writes a table's properties into an object that the caller opened, and may add to. */
    public static void writeTableProperties(final JsonGenerator g, final Schema schema, final TableSchema table)
            throws IOException {
        new SchemaJsonWriter(g, false).tableProperties(schema, table);
    }

    /** Writes a named composite or enum. */
    public static void writeType(final JsonGenerator g, final FieldType named) throws IOException {
        new SchemaJsonWriter(g, false).type(named);
    }

    /** Writes a relation as clients see it. */
    public static void writeRelation(final JsonGenerator g, final Schema schema, final Relation relation)
            throws IOException {
        IndexJson.writeRelation(g, schema, relation);
    }

    /** The stored form of a schema, with all ids. */
    public static byte[] toStored(final Schema schema) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(bytes)) {
            new SchemaJsonWriter(g, true).schema(schema);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a schema as clients see it, with fresh ids in order: what a client wants, not what there is.
     *
     * @throws io.taktdb.types.error.DbException INVALID_SCHEMA, INVALID_NAME, ALREADY_EXISTS or LIMIT_EXCEEDED
     */
    public static Schema readSchema(final JsonParser parser) {
        return reading(() -> new SchemaReader(parser, false).schema());
    }

    /** An equal schema from its stored form. */
    public static Schema fromStored(final byte[] utf8) {
        try (JsonParser parser = StrictJson.parser(utf8, 0, utf8.length)) {
            final Schema schema = new SchemaReader(parser, true).schema();
            StrictJson.requireEnd(parser);
            return schema;
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    /**
     * Reads the body of "make a table".
     *
     * @throws io.taktdb.types.error.DbException INVALID_SCHEMA, INVALID_NAME, LIMIT_EXCEEDED
     */
    public static CreateTable readCreateTable(final JsonParser parser) {
        return reading(() -> new SchemaJsonReader(parser).table());
    }

    /**
     * Reads the body of "add a field".
     *
     * @throws io.taktdb.types.error.DbException INVALID_SCHEMA, INVALID_NAME
     */
    public static FieldSpec readField(final JsonParser parser) {
        return reading(() -> new SchemaJsonReader(parser).field());
    }

    /**
     * Reads the body of "make an index".
     *
     * @throws io.taktdb.types.error.DbException INVALID_SCHEMA, INVALID_NAME
     */
    public static IndexSpec readIndex(final JsonParser parser) {
        return reading(() -> IndexJson.readIndex(new PropertyReader(parser)));
    }

    /**
     * Reads the body of "make a relation".
     *
     * @throws io.taktdb.types.error.DbException INVALID_SCHEMA
     */
    public static CreateRelation readRelation(final JsonParser parser) {
        return reading(() -> IndexJson.readRelation(new PropertyReader(parser)).wish());
    }

    /**
     * Reads the body of "make a type".
     *
     * @return CreateComposite or CreateEnum
     */
    public static SchemaChange readType(final JsonParser parser) {
        return reading(() -> new SchemaJsonReader(parser).type());
    }

    /** The bytes of a SCHEMA command. */
    public static byte[] changesToBytes(final List<SchemaChange> changes) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(bytes)) {
            writeChanges(g, changes);
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        return bytes.toByteArray();
    }

    /** The changes of a SCHEMA command. */
    public static List<SchemaChange> changesFromBytes(final byte[] utf8, final int offset, final int length) {
        try (JsonParser parser = StrictJson.parser(utf8, offset, length)) {
            final List<SchemaChange> changes = readChanges(parser);
            StrictJson.requireEnd(parser);
            return changes;
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }

    /** Writes changes as an array. */
    public static void writeChanges(final JsonGenerator g, final List<SchemaChange> changes) throws IOException {
        g.writeStartArray();
        for (final SchemaChange change : changes) {
            SchemaChangeJson.write(g, change);
        }
        g.writeEndArray();
    }

    /** Writes one change as an object. */
    public static void writeChange(final JsonGenerator g, final SchemaChange change) throws IOException {
        SchemaChangeJson.write(g, change);
    }

    /** Reads an array of changes. */
    public static List<SchemaChange> readChanges(final JsonParser parser) {
        return reading(() -> SchemaChangeJson.readAll(parser));
    }

    private static <T> T reading(final Reading<T> reading) {
        try {
            return reading.read();
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
    }
}
