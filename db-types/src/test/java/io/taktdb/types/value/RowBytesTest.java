package io.taktdb.types.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.Errors;
import io.taktdb.types.schema.ScalarType;
import java.nio.ByteOrder;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class RowBytesTest {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1);

    private int write() {
        final RowWriter row = new RowWriter().wrap(buffer, 3);
        row.field(7).putScalar(ValueKind.I64, -5);
        row.field(9).putNull();
        row.field(2).putString("é");
        row.field(8).putBytes(ValueKind.BYTES, new UnsafeBuffer(new byte[] {1, 2, 3}), 1, 2);
        return row.finish();
    }

    @Test
    void shouldComeBackWhenARowIsWritten() {
        final int end = write();
        final RowCursor row = new RowCursor().wrap(buffer, 3, end);

        assertEquals(4, row.count());
        assertTrue(row.next());
        assertEquals(7, row.fieldId());
        assertEquals(-5, row.value().buffer().getLong(row.value().offset(), ByteOrder.LITTLE_ENDIAN));
        assertTrue(row.next());
        assertTrue(row.value().isNull());
        assertTrue(row.next());
        assertEquals(ValueKind.STRING, row.value().kind());
        assertEquals(
                "é",
                buffer.getStringWithoutLengthUtf8(
                        row.value().offset(), row.value().length()));
        assertTrue(row.next());
        assertEquals(2, row.value().length());
        assertEquals(2, buffer.getByte(row.value().offset()));
        assertFalse(row.next());
        assertEquals(end, row.end());
    }

    @Test
    void shouldHaveTheDrawnBytesWhenARowIsWritten() {
        final RowWriter row = new RowWriter().wrap(buffer, 0);
        row.field(0x0102).putScalar(ValueKind.of(ScalarType.U16), 0x0304);
        row.field(1).putString("A");
        final byte[] bytes = new byte[row.finish()];
        buffer.getBytes(0, bytes);

        assertEquals("2 0 0 0 2 1 0 0 7 4 3 1 0 0 0 32 1 0 0 0 65", text(bytes));
    }

    private static String text(final byte[] bytes) {
        final StringBuilder text = new StringBuilder();
        for (final byte b : bytes) {
            text.append(text.isEmpty() ? "" : " ").append(b);
        }
        return text.toString();
    }

    @Test
    void shouldForgetAFieldWhenItIsTakenBack() {
        final RowWriter row = new RowWriter().wrap(buffer, 0);
        row.field(1).putNull();
        final int before = row.position();
        row.field(2).putString("gone");
        row.rewind(before);
        row.field(3).putNull();
        final RowCursor read = new RowCursor().wrap(buffer, 0, row.finish());

        assertEquals(2, read.count());
        assertTrue(read.next());
        assertTrue(read.next());
        assertEquals(3, read.fieldId());
    }

    @Test
    void shouldSayWhereWhenBytesAreCutShort() {
        final int end = write();
        for (int limit = 3; limit < end; limit++) {
            final int cut = limit;
            Errors.expect(
                    ErrorCode.INVALID_REQUEST,
                    () -> new RowCursor().wrap(buffer, 3, cut).end(),
                    "cut short");
        }
        assertEquals(end, new RowCursor().wrap(buffer, 3, end).end());
    }

    @Property
    void shouldNeverReadOutsideWhenBytesAreRandom(@ForAll final long seed) {
        final Random random = new Random(seed);
        final byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(3) == 0 ? bytes[i] : (byte) random.nextInt(4);
        }
        try {
            final RowCursor row = new RowCursor().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
            while (row.next()) {
                assertTrue(row.value().offset() >= 0 && row.value().end() <= bytes.length, "value within the bytes");
            }
            assertTrue(row.end() <= bytes.length);
        } catch (final DbException e) {
            assertEquals(ErrorCode.INVALID_REQUEST, e.code(), e::getMessage);
        }
    }

    @Test
    void shouldNameTheKindWhenAnErrorDescribesIt() {
        assertEquals("null", ValueKind.describe(ValueKind.NULL));
        assertEquals("uuid", ValueKind.describe(ValueKind.of(ScalarType.UUID)));
        assertEquals("bytes", ValueKind.describe(ValueKind.BYTES));
        assertEquals("vector", ValueKind.describe(ValueKind.VECTOR));
        assertEquals("kind 99", ValueKind.describe((byte) 99));
        assertThrows(IllegalArgumentException.class, () -> ValueForm.putRaw(buffer, 0, 3, 1));
    }
}
