package io.taktdb.core.model;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.evolution.SchemaEvolution;
import io.taktdb.types.evolution.ValueConversion;
import io.taktdb.types.evolution.Widening;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.IndexKind;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.TypeParser;
import io.taktdb.types.value.ValueCursor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The steps that change the schema. Threading: none of its own. */
final class SchemaSteps {
    private static final int MAX_TABLES = 4;
    private static final String[] WIDER = {"i16", "i32", "i64", "u32", "u64", "f32", "f64", "string", "json"};

    private final World world;

    SchemaSteps(final World world) {
        this.world = world;
    }

    void createType() {
        apply(RandomSchemas.COMPOSITE);
    }

    void createTable(final Random random) {
        if (world.model().tables().size() < MAX_TABLES) {
            apply(RandomSchemas.table("t" + world.model().schema().nextTableId(), random));
        }
    }

    void dropTable(final ModelTable table) {
        apply(new SchemaChange.DropTable(table.schema().name()));
    }

    void addField(final ModelTable table, final Random random) {
        final String name = "f" + table.schema().nextFieldId();
        if (table.schema().field(name) == null) {
            apply(new SchemaChange.AddField(table.schema().name(), RandomSchemas.field(name, random)));
        }
    }

    void dropField(final ModelTable table, final Random random) {
        final Field field = anyField(table, random);
        if (field != null) {
            apply(new SchemaChange.DropField(table.schema().name(), field.name()));
        }
    }

    void rename(final ModelTable table, final Random random) {
        final String suffix = "r" + world.model().schema().version();
        final Field field = anyField(table, random);
        if (field == null || random.nextBoolean()) {
            apply(new SchemaChange.RenameTable(table.schema().name(), "t" + suffix));
        } else {
            apply(new SchemaChange.RenameField(table.schema().name(), field.name(), "f" + suffix));
        }
    }

    /** To a random wider type; refused when a value is not exact there. */
    void widenField(final ModelTable table, final Random random) {
        final Field field = anyField(table, random);
        if (field == null) {
            return;
        }
        final String wider = WIDER[random.nextInt(WIDER.length)];
        final FieldType type = TypeParser.parse(wider, Map.of());
        if (!Widening.mayWiden(field.type(), type)) {
            return;
        }
        final SchemaChange change = new SchemaChange.WidenField(table.schema().name(), field.name(), wider);
        if (isRefused(change)) {
            return;
        }
        for (final Map<Integer, byte[]> row : table.rows().values()) {
            final byte[] value = row.get(field.id());
            if (value != null && converted(field.type(), type, value) == null) {
                World.refused(ErrorCode.SCHEMA_MISMATCH, () -> world.database().change(change));
                return;
            }
        }
        apply(change);
    }

    void createIndex(final ModelTable table, final Random random) {
        final Set<String> fields = new LinkedHashSet<>();
        for (int i = random.nextInt(3); i >= 0 && anyField(table, random) != null; i--) {
            fields.add(anyField(table, random).name());
        }
        final IndexKind kind = random.nextBoolean() ? IndexKind.HASH : IndexKind.ORDERED;
        final String name = "i" + world.model().schema().version();
        apply(new SchemaChange.CreateIndex(
                table.schema().name(), new IndexSpec(name, List.copyOf(fields), kind, false)));
    }

    void dropIndex(final ModelTable table, final Random random) {
        final List<IndexSchema> indexes = table.schema().indexes();
        if (!indexes.isEmpty()) {
            final IndexSchema index = indexes.get(random.nextInt(indexes.size()));
            apply(new SchemaChange.DropIndex(table.schema().name(), index.name()));
        }
    }

    /** Whether the schema alone refuses a change; then the database does too. */
    private boolean isRefused(final SchemaChange change) {
        try {
            SchemaEvolution.apply(world.model().schema(), change);
            return false;
        } catch (final DbException e) {
            World.refused(e.code(), () -> world.database().change(change));
            return true;
        }
    }

    private void apply(final SchemaChange change) {
        if (isRefused(change)) {
            return;
        }
        world.database().change(change);
        world.model()
                .adopt(
                        SchemaEvolution.apply(world.model().schema(), change),
                        (before, after, value) -> value == null ? null : converted(before.type(), after.type(), value));
    }

    private static byte[] converted(final FieldType from, final FieldType to, final byte[] value) {
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        final int end = ValueConversion.convert(from, new UnsafeBuffer(value), 0, value.length, to, out, 0);
        if (end < 0) {
            return null;
        }
        final ValueCursor cursor = new ValueCursor().wrap(out, 0, end);
        final byte[] bytes = new byte[cursor.length()];
        out.getBytes(cursor.offset(), bytes);
        return bytes;
    }

    private static Field anyField(final ModelTable table, final Random random) {
        final int count = table.schema().fields().size();
        return count == 0 ? null : table.schema().fields().get(random.nextInt(count));
    }
}
