package io.taktdb.demo.world;

import io.taktdb.runtime.procedure.ProcedureTable;
import io.taktdb.runtime.procedure.RowDraft;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.List;
import java.util.stream.Collectors;

/** One entity of {@code entities.json}, as it stands there, and the table for them. Threading: immutable. */
record EntityType(
        long id,
        long internalId,
        String name,
        String displayName,
        float width,
        float height,
        String type,
        String category,
        List<String> metadataKeys) {
    static final String TABLE_NAME = "entity_type";

    static final CreateTable TABLE = CreateTable.of(
            TABLE_NAME,
            FieldSpec.of("name", "string"),
            FieldSpec.of("display_name", "string"),
            FieldSpec.of("width", "f32"),
            FieldSpec.of("height", "f32"),
            FieldSpec.of("type", "string"),
            FieldSpec.of("category", "string"),
            FieldSpec.of("metadata_keys", "json"));

    /** Inserts entities under their own ids. */
    static void insert(final ProcedureTable table, final List<EntityType> types) {
        final RowDraft row = table.draft();
        for (final EntityType type : types) {
            row.clear()
                    .set("name", type.name)
                    .set("display_name", type.displayName)
                    .set("width", type.width)
                    .set("height", type.height)
                    .set("type", type.type)
                    .set("category", type.category)
                    .set("metadata_keys", json(type.metadataKeys));
            table.insert(type.id, row);
        }
    }

    /** The keys are plain words. */
    private static String json(final List<String> keys) {
        return keys.stream().map(key -> '"' + key + '"').collect(Collectors.joining(",", "[", "]"));
    }
}
