package io.taktdb.core.model;

import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.SchemaChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random tables and fields, of every type, in every layout. Threading: none of its own. */
final class RandomSchemas {
    /** A named type that fields may have; make it first. */
    static final SchemaChange COMPOSITE = new SchemaChange.CreateComposite(
            "Pose",
            List.of(
                    FieldSpec.of("at", "3xf32"),
                    FieldSpec.of("alive", "bool"),
                    FieldSpec.of("side", "enum(left,right)")));

    private static final String[] TYPES = {
        "bool",
        "i8",
        "i16",
        "i32",
        "i64",
        "u8",
        "u16",
        "u32",
        "u64",
        "f32",
        "f64",
        "timestamp",
        "uuid",
        "bytes",
        "string",
        "json",
        "3xf32",
        "4xbool",
        "2xu16",
        "5xi8",
        "enum(red,green,blue)",
        "Pose",
        "string",
        "string",
        "list<i32>",
        "list<option<string>>",
        "option<Pose>",
        "oneof{a: i32, b: list<oneof{c: Pose, d: bytes}>}"
    };

    private static final Map<String, String> DEFAULTS = Map.of(
            "bool", "true",
            "i32", "-7",
            "i64", "123456789012",
            "f64", "0.5",
            "u8", "255",
            "string", "\"a default that is too long for a row\"",
            "json", "{\"a\":[1,2,3],\"b\":null}",
            "3xf32", "[1,2,3]",
            "list<i32>", "[1,2,3,4,5]",
            "oneof{a: i32, b: list<oneof{c: Pose, d: bytes}>}", "{\"b\":[{\"d\":\"AAEC\"}]}");

    private static final String[] GROUPS = {null, null, "hot", "cold"};

    private RandomSchemas() {}

    static SchemaChange.CreateTable table(final String name, final Random random) {
        final List<FieldSpec> fields = new ArrayList<>();
        final int count = random.nextInt(10);
        for (int i = 0; i < count; i++) {
            fields.add(field("f" + i, random));
        }
        final Map<String, GroupLayout> groups = new HashMap<>();
        for (final String group : new String[] {"main", "hot", "cold"}) {
            if (random.nextInt(3) == 0) {
                groups.put(group, random.nextBoolean() ? GroupLayout.ROWS : GroupLayout.COLUMNS);
            }
        }
        return new SchemaChange.CreateTable(
                name, fields, groups, random.nextInt(6) == 0 ? 1 + random.nextInt(60) : 1_000_000);
    }

    static FieldSpec field(final String name, final Random random) {
        final String type = TYPES[random.nextInt(TYPES.length)];
        FieldSpec spec = FieldSpec.of(name, type).inGroup(GROUPS[random.nextInt(GROUPS.length)]);
        if (random.nextInt(3) == 0 && !type.startsWith("option")) {
            spec = spec.asOptional();
        }
        if (random.nextInt(3) == 0 && DEFAULTS.containsKey(type)) {
            spec = spec.withDefault(DEFAULTS.get(type));
        }
        return spec;
    }
}
