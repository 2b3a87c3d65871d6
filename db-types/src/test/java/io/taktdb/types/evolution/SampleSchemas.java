package io.taktdb.types.evolution;

import io.taktdb.types.error.DbException;
import io.taktdb.types.json.SampleTypes;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateComposite;
import io.taktdb.types.schema.SchemaChange.CreateEnum;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.SchemaChange.DropType;
import io.taktdb.types.schema.SchemaChange.RenameField;
import io.taktdb.types.schema.SchemaChange.RenameTable;
import io.taktdb.types.schema.SchemaChange.WidenField;
import io.taktdb.types.schema.TypeParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random changes, many of which are refused, and the schemas that they lead to; from a seed. */
final class SampleSchemas {
    private static final List<String> NAMES = List.of("a", "b", "C", "dd", "A", "Vec", "id", "i32", "no good");
    private static final List<String> TYPES = List.of(
            "bool",
            "i8",
            "u16",
            "i64",
            "u64",
            "f32",
            "f64",
            "string",
            "bytes",
            "json",
            "timestamp",
            "uuid",
            "3xf32",
            "enum(x,y)",
            "a",
            "b",
            "Vec",
            "dd",
            "nope");

    private final Random random;
    private final SampleTypes values;

    SampleSchemas(final long seed) {
        random = new Random(seed);
        values = new SampleTypes(seed);
    }

    /** A schema that some changes lead to. */
    Schema schema() {
        Schema schema = Schema.EMPTY;
        for (int i = random.nextInt(40); i >= 0; i--) {
            try {
                schema = SchemaEvolution.apply(schema, change(schema));
            } catch (final DbException e) {
                // refused: try another
            }
        }
        return schema;
    }

    /** A change that the schema may accept or not. */
    SchemaChange change(final Schema schema) {
        return switch (random.nextInt(14)) {
            case 0, 1 -> new CreateComposite(name(), specs(schema, 3, false));
            case 2 -> new CreateEnum(name(), List.of("x", "y").subList(0, random.nextInt(3)));
            case 3 -> new DropTable(name());
            case 4 -> new DropType(name());
            case 5 -> new RenameTable(name(), name());
            case 6, 7 -> new AddField(name(), spec(schema, true));
            case 8 -> new DropField(name(), name());
            case 9 -> new RenameField(name(), name(), name());
            case 10 -> new WidenField(name(), name(), pick(TYPES));
            default ->
                new CreateTable(
                        name(),
                        specs(schema, 6, true),
                        random.nextBoolean() ? Map.of() : Map.of("hot", GroupLayout.ROWS, "cold", GroupLayout.COLUMNS),
                        1L + random.nextInt(Integer.MAX_VALUE));
        };
    }

    private List<FieldSpec> specs(final Schema schema, final int most, final boolean extras) {
        final List<FieldSpec> specs = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            specs.add(spec(schema, extras));
        }
        return specs;
    }

    private FieldSpec spec(final Schema schema, final boolean extras) {
        final String type = pick(TYPES);
        final FieldSpec plain = FieldSpec.of(name() + (random.nextInt(3) == 0 ? "" : random.nextInt(100)), type);
        if (!extras) {
            return plain;
        }
        final boolean isKnown = schema.types().containsKey(type) || (!NAMES.contains(type) && !"nope".equals(type));
        FieldSpec spec = random.nextBoolean() ? plain.asOptional() : plain;
        spec = random.nextInt(3) == 0 ? spec.inGroup("hot") : spec;
        if (isKnown && random.nextBoolean()) {
            final FieldType parsed = TypeParser.parse(type, schema.types());
            spec = spec.withDefault(
                    random.nextInt(8) == 0 ? "[]" : values.value(parsed).toString());
        }
        return spec;
    }

    private String name() {
        return pick(NAMES);
    }

    private <T> T pick(final List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
