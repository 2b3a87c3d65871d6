package io.taktdb.runtime.procedure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.util.List;
import java.util.Optional;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

/** Parameters as records say them. */
class RecordShapeTest {
    enum Side {
        LEFT,
        RIGHT
    }

    record Hit(@As("u64") long id, int amount, Double factor, Optional<String> note, Side side) {}

    record Wrong(List<String> names) {}

    record All(
            boolean b,
            byte i8,
            short i16,
            int i32,
            long i64,
            float f32,
            double f64,
            @As("u8") int u8,
            @As("u32") long u32,
            @As("json") String json,
            byte[] bytes) {}

    record Mixed(@As("u64") int id) {}

    @Test
    void shouldDescribeComponentsWhenAsked() {
        final List<Parameter> parameters = RecordShape.of(Hit.class).parameters();
        assertEquals(
                "[u64, i32, f64, string, enum(LEFT,RIGHT)]",
                parameters.stream()
                        .map(parameter -> parameter.type().spelling())
                        .toList()
                        .toString());
        assertEquals(
                List.of(false, false, true, true, false),
                parameters.stream().map(Parameter::optional).toList());
    }

    @Test
    void shouldMakeRecordWhenOptionalsAreAbsent() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter row = new RowWriter().wrap(buffer, 0);
        row.field(0)
                .putScalar(ValueKind.U64, -1L)
                .field(1)
                .putScalar((byte) 4, 5)
                .field(4);
        buffer.putByte(row.position(), ValueKind.ENUM);
        buffer.putInt(row.position() + 1, 1, java.nio.ByteOrder.LITTLE_ENDIAN);
        buffer.putByte(row.position() + 5, (byte) 1);
        row.position(row.position() + 6);
        final Hit hit = RecordShape.of(Hit.class).read(new RowCursor().wrap(buffer, 0, row.finish()));
        assertEquals(new Hit(-1L, 5, null, Optional.empty(), Side.RIGHT), hit);
    }

    private static <P extends Record> P thereAndBack(final P record, final Class<P> type) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter row = new RowWriter().wrap(buffer, 0);
        RecordShape.of(type).write(record, row);
        return RecordShape.of(type).read(new RowCursor().wrap(buffer, 0, row.finish()));
    }

    @Test
    void shouldMakeTheSameRecordWhenOneWasWritten() {
        final Hit full = new Hit(7, -5, 0.25, Optional.of("gr\u00fc\u00df"), Side.RIGHT);
        assertEquals(full, thereAndBack(full, Hit.class));
        final Hit sparse = new Hit(-1, Integer.MIN_VALUE, null, Optional.empty(), Side.LEFT);
        assertEquals(sparse, thereAndBack(sparse, Hit.class));
        final byte[] bytes = {1, -1};
        final All all = new All(
                true, (byte) -1, (short) -2, -3, Long.MIN_VALUE, -0.0f, Double.NaN, 255, 0xFFFF_FFFFL, "[1]", bytes);
        final All read = thereAndBack(all, All.class);
        assertArrayEquals(bytes, read.bytes());
        assertEquals(all.toString().replaceAll("bytes=.*", ""), read.toString().replaceAll("bytes=.*", ""));
    }

    @Test
    void shouldNameTheParameterWhenItsValueDoesNotFit() {
        final RowWriter row = new RowWriter().wrap(new ExpandableArrayBuffer(), 0);
        final DbException missing = assertThrows(
                DbException.class,
                () -> RecordShape.of(Hit.class).write(new Hit(1, 2, null, Optional.empty(), null), row));
        assertTrue(missing.getMessage().contains("parameter=side"), missing.getMessage());
        final DbException range = assertThrows(
                DbException.class,
                () -> RecordShape.of(All.class)
                        .write(new All(true, (byte) 0, (short) 0, 0, 0, 0, 0, 256, 0, "1", new byte[0]), row));
        assertTrue(range.getMessage().contains("parameter=u8, expected=u8, came=256"), range.getMessage());
        final DbException other =
                assertThrows(DbException.class, () -> RecordShape.of(Hit.class).write(new Wrong(List.of()), row));
        assertTrue(other.getMessage().contains("another record"), other.getMessage());
    }

    @Test
    void shouldNameParameterWhenRequiredOneIsMissing() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final RowWriter row = new RowWriter().wrap(buffer, 0);
        final int end = row.finish();
        final DbException error = assertThrows(
                DbException.class, () -> RecordShape.of(Hit.class).read(new RowCursor().wrap(buffer, 0, end)));
        assertTrue(error.getMessage().contains("parameter=id, type=u64"), error.getMessage());
    }

    @Test
    void shouldNameComponentWhenTypeCannotBeAParameter() {
        final DbException list = assertThrows(DbException.class, () -> RecordShape.of(Wrong.class));
        assertTrue(list.getMessage().contains("component=names"), list.getMessage());
        final DbException narrow = assertThrows(DbException.class, () -> RecordShape.of(Mixed.class));
        assertTrue(narrow.getMessage().contains("component=id, type=int, expected=long"), narrow.getMessage());
        assertEquals(
                EnumType.of(null, List.of("LEFT", "RIGHT")),
                RecordShape.of(Hit.class).parameters().get(4).type());
    }
}
