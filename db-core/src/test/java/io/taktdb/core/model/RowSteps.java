package io.taktdb.core.model;

import static io.taktdb.core.model.World.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.taktdb.core.table.RowEditor;
import io.taktdb.core.table.Table;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The steps that change rows. Threading: none of its own. */
final class RowSteps {
    private static final int FAR_BITS = 20;

    private final World world;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    RowSteps(final World world) {
        this.world = world;
    }

    void insert(final ModelTable model, final Random random) {
        final Map<Integer, byte[]> row = randomRow(model, random, false);
        final Table table = world.table(model);
        if (model.rows().size() >= model.schema().maxRows()) {
            refused(ErrorCode.TABLE_FULL, () -> table.writes().insert(encode(model, row, false)));
            return;
        }
        final long id = table.writes().insert(encode(model, row, false));
        assertFalse(model.wasUsed(id), () -> "id is given again: id=" + Long.toUnsignedString(id));
        model.insert(id, row);
    }

    /** Enough rows for several chunks, or ids for several buckets. */
    void insertMany(final ModelTable model, final Random random) {
        final boolean sparse = random.nextInt(3) == 0;
        for (int i = random.nextInt(700); i > 0; i--) {
            if (sparse) {
                insertWithId(model, random);
            } else {
                insert(model, random);
            }
        }
    }

    void insertWithId(final ModelTable model, final Random random) {
        final long id = randomId(model, random);
        final Map<Integer, byte[]> row = randomRow(model, random, false);
        final Table table = world.table(model);
        if (model.rows().size() >= model.schema().maxRows()) {
            refused(ErrorCode.TABLE_FULL, () -> table.writes().insert(id, encode(model, row, false)));
        } else if (model.wasUsed(id)) {
            refused(ErrorCode.CONFLICT, () -> table.writes().insert(id, encode(model, row, false)));
        } else {
            table.writes().insert(id, encode(model, row, false));
            model.insert(id, row);
        }
    }

    private static long randomId(final ModelTable model, final Random random) {
        switch (random.nextInt(6)) {
            case 0:
                return random.nextInt(600);
            case 1:
                return random.nextInt(1 << FAR_BITS);
            case 2:
                return random.nextInt(40) * 512L * random.nextInt(40);
            case 3:
                return random.nextLong();
            case 4:
                return -1L - random.nextInt(10);
            default:
                final Long[] used = model.used().toArray(new Long[0]);
                return used.length == 0 ? 0 : used[random.nextInt(used.length)] + random.nextInt(2);
        }
    }

    void replace(final ModelTable model, final Random random) {
        final Map<Integer, byte[]> row = randomRow(model, random, false);
        final long id = anyId(model, random);
        if (model.rows().containsKey(id)) {
            world.table(model).writes().replace(id, encode(model, row, random.nextInt(8) == 0));
            model.replace(id, row);
        } else {
            refused(
                    ErrorCode.RECORD_NOT_FOUND,
                    () -> world.table(model).writes().replace(id, encode(model, row, false)));
        }
    }

    void merge(final ModelTable model, final Random random) {
        final Map<Integer, byte[]> row = randomRow(model, random, true);
        final long id = anyId(model, random);
        if (model.rows().containsKey(id)) {
            world.table(model).writes().merge(id, encode(model, row, random.nextInt(8) == 0));
            model.merge(id, row);
        } else {
            refused(
                    ErrorCode.RECORD_NOT_FOUND,
                    () -> world.table(model).writes().merge(id, encode(model, row, false)));
        }
    }

    void delete(final ModelTable model, final Random random) {
        final long id = anyId(model, random);
        if (model.rows().containsKey(id)) {
            world.table(model).writes().delete(id);
            model.delete(id);
        } else {
            refused(
                    ErrorCode.RECORD_NOT_FOUND,
                    () -> world.table(model).writes().delete(id));
        }
    }

    void clear(final ModelTable model) {
        assertEquals(model.rows().size(), world.table(model).writes().clear());
        model.rows().clear();
    }

    /** Rows that are refused half-way change nothing. */
    void refusedRow(final ModelTable model, final Random random) {
        if (model.schema().fields().isEmpty()
                || model.rows().size() >= model.schema().maxRows()) {
            return;
        }
        final Map<Integer, byte[]> row = randomRow(model, random, false);
        final int position = random.nextInt(model.schema().fields().size());
        final Field field = model.schema().fields().get(position);
        final Table table = world.table(model);
        final Long id = model.rows().isEmpty() || random.nextBoolean() ? null : anyId(model, random);
        final RowWriter writer = write(model, row);
        writer.field(field.id());
        if (field.mayBeNull()) {
            writer.putBytes(field.type() == VariableType.BYTES ? ValueKind.JSON : ValueKind.BYTES, buffer, 0, 4);
        } else {
            writer.putNull();
        }
        final RowCursor cursor = new RowCursor().wrap(buffer, 0, writer.finish());
        if (id == null) {
            refused(ErrorCode.SCHEMA_MISMATCH, () -> table.writes().insert(cursor));
        } else if (model.rows().containsKey(id)) {
            refused(ErrorCode.SCHEMA_MISMATCH, () -> table.writes().merge(id, cursor));
        }
    }

    /** One field of one row through the editor. */
    void edit(final ModelTable model, final Random random) {
        final long id = anyId(model, random);
        if (!model.rows().containsKey(id) || model.schema().fields().isEmpty()) {
            return;
        }
        final int position = random.nextInt(model.schema().fields().size());
        final Field field = model.schema().fields().get(position);
        final RowEditor editor = world.table(model).editor().require(id);
        final Map<Integer, byte[]> change = new HashMap<>();
        byte[] value = RandomValues.of(field.type(), random);
        if (field.optional() && random.nextInt(3) == 0) {
            editor.setNull(position);
            value = null;
        } else if (field.type() == VariableType.STRING) {
            editor.setString(position, new String(value, StandardCharsets.UTF_8));
        } else if (field.type() instanceof ScalarType type && !type.isFloat() && type != ScalarType.UUID) {
            editor.setLong(position, signed(value, type));
        } else {
            return;
        }
        change.put(field.id(), value);
        model.merge(id, change);
    }

    private static long signed(final byte[] value, final ScalarType type) {
        long bits = 0;
        for (int i = 0; i < value.length; i++) {
            bits |= (value[i] & 0xFFL) << 8 * i;
        }
        final int shift = Long.SIZE - 8 * value.length;
        return type.isInteger() && !type.isUnsigned() ? bits << shift >> shift : bits;
    }

    private static long anyId(final ModelTable model, final Random random) {
        if (model.rows().isEmpty() || random.nextInt(20) == 0) {
            return randomId(model, random);
        }
        final Long near = model.rows()
                .ceilingKey(random.nextBoolean() ? random.nextInt(model.rows().size() * 2) : random.nextLong());
        return near == null ? model.rows().lastKey() : near;
    }

    private static Map<Integer, byte[]> randomRow(final ModelTable model, final Random random, final boolean part) {
        final Map<Integer, byte[]> row = new HashMap<>();
        for (final Field field : model.schema().fields()) {
            if (part ? random.nextBoolean() : !field.isRequired() && random.nextInt(3) == 0) {
                continue;
            }
            final boolean isNull = field.optional() && random.nextInt(3) == 0;
            row.put(field.id(), isNull ? null : RandomValues.of(field.type(), random));
        }
        return row;
    }

    /** @param twice whether some fields come twice, of which the last counts */
    private RowCursor encode(final ModelTable model, final Map<Integer, byte[]> row, final boolean twice) {
        final RowWriter writer = write(model, row);
        if (twice) {
            row.forEach((field, value) -> put(writer, model, field, value));
        }
        return new RowCursor().wrap(buffer, 0, writer.finish());
    }

    private RowWriter write(final ModelTable model, final Map<Integer, byte[]> row) {
        final RowWriter writer = new RowWriter().wrap(buffer, 0);
        row.forEach((field, value) -> put(writer, model, field, value));
        return writer;
    }

    private static void put(final RowWriter writer, final ModelTable model, final int fieldId, final byte[] value) {
        writer.field(fieldId);
        if (value == null) {
            writer.putNull();
            return;
        }
        final List<Field> fields = model.schema().fields();
        final Field field =
                fields.stream().filter(f -> f.id() == fieldId).findFirst().orElseThrow();
        final byte kind = ValueKind.of(field.type());
        if (ValueKind.isScalar(kind)) {
            writer.buffer().putByte(writer.position(), kind);
            writer.buffer().putBytes(writer.position() + 1, value);
            writer.position(writer.position() + 1 + value.length);
        } else {
            writer.putBytes(kind, new UnsafeBuffer(value), 0, value.length);
        }
    }
}
