package io.taktdb.core.testing;

import io.taktdb.types.evolution.SchemaEvolution;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Schemas of single tables. Threading: none of its own. */
public final class Schemas {
    /** A world with the composite types {@code Vec3} and {@code Color}. */
    public static final Schema WORLD = SchemaEvolution.applyAll(
            Schema.EMPTY,
            List.of(
                    new SchemaChange.CreateComposite(
                            "Vec3",
                            List.of(FieldSpec.of("x", "f32"), FieldSpec.of("y", "f32"), FieldSpec.of("z", "f32"))),
                    new SchemaChange.CreateComposite(
                            "Color",
                            List.of(
                                    FieldSpec.of("r", "u8"),
                                    FieldSpec.of("g", "u8"),
                                    FieldSpec.of("b", "u8"),
                                    FieldSpec.of("a", "u8")))));

    private Schemas() {}

    /** A table {@code t} with required fields {@code f0}, {@code f1} .. of the given types in the main group. */
    public static TableSchema of(final GroupLayout layout, final String... types) {
        final List<FieldSpec> fields = new ArrayList<>();
        Arrays.stream(types).forEach(type -> fields.add(FieldSpec.of("f" + fields.size(), type)));
        return of(layout, fields);
    }

    /** A table {@code t} whose groups, the main group included, all have one layout. */
    public static TableSchema of(final GroupLayout layout, final List<FieldSpec> fields) {
        final SchemaChange change = new SchemaChange.CreateTable(
                "t", fields, Map.of("main", layout, "hot", layout, "cold", layout), TableSchema.UNLIMITED_ROWS);
        return SchemaEvolution.apply(WORLD, change).requireTable("t");
    }
}
