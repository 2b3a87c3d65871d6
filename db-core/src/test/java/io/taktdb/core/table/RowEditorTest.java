package io.taktdb.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(OffHeapLeakCheck.class)
class RowEditorTest {
    private static final int NUMBER = 0;
    private static final int TEXT = 1;
    private static final int PLACE = 2;
    private static final int WEIGHT = 3;

    private final TestTable world = new TestTable(
            FieldSpec.of("number", "i32"),
            FieldSpec.of("text", "string").asOptional(),
            FieldSpec.of("place", "3xf32").withDefault("[0,0,0]"),
            FieldSpec.of("weight", "f32").withDefault("1"));
    private final Table table = world.table();
    private final RowEditor editor = table.editor();

    @AfterEach
    void close() {
        world.audit();
        world.close();
    }

    private static void assertMismatch(final Executable action) {
        assertEquals(
                ErrorCode.SCHEMA_MISMATCH,
                assertThrows(DbException.class, action).code());
    }

    @Test
    void shouldReadBackWhatItWrote() {
        final long id = world.insert(5, "old");
        editor.require(id)
                .setLong(NUMBER, -9)
                .setString(TEXT, "a new text of some length")
                .setFloat(PLACE, 2, 1.5f)
                .setDouble(WEIGHT, 0.25);
        assertEquals(-9, editor.read().getLong(NUMBER));
        assertEquals("a new text of some length", editor.read().getString(TEXT));
        assertEquals(1.5f, editor.read().getFloat(PLACE, 2));
        assertEquals(0.25, editor.read().getDouble(WEIGHT));
        editor.setNull(TEXT);
        assertTrue(editor.read().isNull(TEXT));
        assertNull(editor.read().getString(TEXT));
        editor.setString(TEXT, "");
        assertFalse(editor.read().isNull(TEXT));
    }

    @Test
    @Tag("zc_2:test_iter_ref_lifetime")
    void shouldStayOnItsRecordWhenOthersComeAndGo() {
        for (int i = 1; i <= 20; i++) {
            world.insert(i, "text of record " + i);
        }
        editor.require(20);
        table.writes().delete(3); // the last row takes its place
        editor.setLong(NUMBER, 2000);
        assertEquals(2000, editor.read().getLong(NUMBER));
        for (int i = 0; i < 600; i++) {
            world.insert(i, null); // the table moves to larger chunks
        }
        assertEquals("text of record 20", editor.read().getString(TEXT));
        assertEquals(20, editor.id());
        editor.setLong(NUMBER, 2001);
        assertEquals(2001, table.reader().require(20).getLong(NUMBER));
        assertEquals(19, table.reader().require(19).getLong(NUMBER));
    }

    @Test
    void shouldRefuseToWriteWhenItsRecordIsGone() {
        world.insert(1, null);
        world.insert(2, null);
        editor.require(1);
        table.writes().delete(1);
        assertEquals(
                ErrorCode.RECORD_NOT_FOUND,
                assertThrows(DbException.class, () -> editor.setLong(NUMBER, 7)).code());
        assertThrows(DbException.class, editor::read);
        assertEquals(2, table.reader().require(2).getLong(NUMBER));
        table.writes().delete(2);
        assertFalse(editor.seek(2));
        assertThrows(IllegalStateException.class, () -> editor.setLong(NUMBER, 7));
        assertThrows(IllegalStateException.class, () -> table.editor().setLong(NUMBER, 7));
    }

    @Test
    void shouldStayOnItsRecordWhenATransactionIsTakenBack() {
        world.insert(1, null);
        world.insert(2, null);
        final int mark = world.database().mark();
        table.writes().delete(1);
        editor.require(2);
        world.database().rollback(mark);
        editor.setLong(NUMBER, 22);
        assertEquals(22, table.reader().require(2).getLong(NUMBER));
        assertEquals(1, table.reader().require(1).getLong(NUMBER));
    }

    @ParameterizedTest
    @CsvSource({
        "bool, 0, 1",
        "i8, -128, 127",
        "i16, -32768, 32767",
        "i32, -2147483648, 2147483647",
        "u8, 0, 255",
        "u16, 0, 65535",
        "u32, 0, 4294967295"
    })
    void shouldRefuseIntegersOutOfRange(final String type, final long min, final long max) {
        try (TestTable other =
                new TestTable(FieldSpec.of("n", type).withDefault(type.equals("bool") ? "false" : "0"))) {
            final RowEditor edited = other.table().editor().require(other.insert());
            for (final long fits : new long[] {min, max}) {
                assertEquals(fits, edited.setLong(0, fits).read().getLong(0));
            }
            for (final long tooLarge : new long[] {min - 1, max + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
                assertMismatch(() -> edited.setLong(0, tooLarge));
            }
            assertEquals(max, edited.read().getLong(0));
        }
    }

    @Test
    void shouldRefuseValuesOfOtherTypes() {
        editor.require(world.insert(1, "text"));
        assertMismatch(() -> editor.setLong(TEXT, 1));
        assertMismatch(() -> editor.setLong(PLACE, 1));
        assertMismatch(() -> editor.setLong(WEIGHT, 1));
        assertMismatch(() -> editor.setDouble(NUMBER, 1));
        assertMismatch(() -> editor.setString(NUMBER, "1"));
        assertMismatch(() -> editor.setNull(NUMBER));
        assertMismatch(() -> editor.setFloat(TEXT, 0, 1));
        assertMismatch(() -> editor.setFloat(NUMBER, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> editor.setFloat(PLACE, 3, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> editor.setFloat(PLACE, -1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> editor.setLong(4, 1));
        assertEquals("text", editor.read().getString(TEXT));
    }
}
