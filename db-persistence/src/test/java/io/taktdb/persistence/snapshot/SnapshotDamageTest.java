package io.taktdb.persistence.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every flipped bit and every lost tail of a small snapshot is found, with file and offset. */
class SnapshotDamageTest {
    private final SimulatedDisk disk = new SimulatedDisk();
    private SnapshotCatalog catalog;
    private long commit;

    @BeforeEach
    void writeSmallSnapshot() throws IOException {
        catalog = SnapshotRoundTripTest.catalog(disk);
        try (Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0)) {
            database.change(
                    SchemaChange.CreateTable.of("mob", FieldSpec.of("hp", "i16").asOptional()));
            final ExpandableArrayBuffer row = new ExpandableArrayBuffer();
            final int end = new RowWriter().wrap(row, 0).finish();
            database.table("mob").writes().insert(new RowCursor().wrap(row, 0, end));
            database.table("mob").writes().insert(5000, new RowCursor().wrap(row, 0, end));
            database.commit(7);
            commit = SnapshotRoundTripTest.write(catalog, database).commit();
        }
        assertTrue(bytes(PageFile.NAME).length < 20_000, () -> "bytes=" + bytes(PageFile.NAME).length);
    }

    private Path path(final String name) {
        return catalog.pathOf(commit).resolve(name);
    }

    private byte[] bytes(final String name) {
        return disk.bytes(path(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {PageFile.NAME, SnapshotWriter.SCHEMA, Manifest.NAME})
    @Tag("ds_1:test_snapshot_checksum_integrity")
    @Tag("ds_1:test_snapshot_corruption_detection")
    @Tag("re_1:test_load_invalid_checksum")
    @Tag("re_1:test_load_partial_corruption")
    @Tag("re_2:corrupted_checksum_fails_validation")
    @Tag("re_2:checksum_covers_entire_payload")
    @Tag("re_2:hardware_corruption_scenarios")
    @Tag("re_2:malformed_header_fails_validation")
    @Tag("sl_5:test_corrupted_buffer_detected")
    @Tag("re_2:concurrent_modification_detection")
    void shouldFindEveryFlippedBit(final String name) {
        final byte[] good = bytes(name);
        for (int bit = 0; bit < good.length * Byte.SIZE; bit++) {
            final byte[] bad = good.clone();
            bad[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            disk.bytes(path(name), bad);
            assertDamaged(name, bit / Byte.SIZE, "bit " + bit);
        }
        disk.bytes(path(name), good);
        catalog.open(commit).verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {PageFile.NAME, SnapshotWriter.SCHEMA, Manifest.NAME})
    @Tag("re_1:test_load_truncated_file")
    @Tag("re_2:truncated_snapshot_fails_validation")
    void shouldFindEveryLostTail(final String name) {
        final byte[] good = bytes(name);
        for (int length = 0; length < good.length; length++) {
            disk.bytes(path(name), Arrays.copyOf(good, length));
            assertDamaged(name, length, "length " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {PageFile.NAME, SnapshotWriter.SCHEMA, Manifest.NAME})
    void shouldFindBytesThatWereAdded(final String name) {
        final byte[] good = bytes(name);
        disk.bytes(path(name), Arrays.copyOf(good, good.length + 1));
        assertDamaged(name, good.length, "one byte more");
    }

    @Test
    @Tag("re_2:endianness_validation")
    void shouldFindNumbersInTheOtherByteOrder() {
        final byte[] swapped = bytes(PageFile.NAME);
        for (int i = 0; i + 4 <= swapped.length; i += 4) {
            final byte first = swapped[i];
            final byte second = swapped[i + 1];
            swapped[i] = swapped[i + 3];
            swapped[i + 1] = swapped[i + 2];
            swapped[i + 2] = second;
            swapped[i + 3] = first;
        }
        disk.bytes(path(PageFile.NAME), swapped);
        assertDamaged(PageFile.NAME, 0, "byte order");
    }

    @ParameterizedTest
    @ValueSource(strings = {PageFile.NAME, SnapshotWriter.SCHEMA, Manifest.NAME})
    void shouldFindAMissingFile(final String name) throws IOException {
        disk.delete(path(name));
        assertDamaged(name, 0, "missing");
    }

    /** Damage is found at or before the byte that was changed. */
    private void assertDamaged(final String name, final long changed, final String what) {
        final DbException error =
                assertThrows(DbException.class, () -> catalog.open(commit).verify(), () -> name + ": " + what);
        assertEquals(ErrorCode.STORAGE_DAMAGED, error.code(), () -> what + ": " + error.getMessage());
        assertEquals(path(name).toString(), error.attributes().get("file"), () -> what + ": " + error.getMessage());
        final long offset = (long) error.attributes().get("offset");
        assertTrue(
                offset >= 0 && offset <= changed || name.equals(Manifest.NAME),
                () -> String.format(Locale.ROOT, "%s: offset=%d, changed=%d", what, offset, changed));
        assertTrue(error.getMessage().contains("file=") && error.getMessage().contains("offset="), error::getMessage);
    }
}
