package io.taktdb.persistence.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The file of pages, byte by byte as its drawing says; and files whose every CRC is right while their order is not. */
class PageFileTest {
    private final SimulatedDisk disk = new SimulatedDisk();
    private Database database;
    private SnapshotCatalog catalog;
    private Path path;
    private ByteBuffer file;

    @BeforeEach
    void write() throws IOException {
        database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 41, 0);
        database.change(
                SchemaChange.CreateTable.of("mob", FieldSpec.of("hp", "i16").withDefault("7")));
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int end = new RowWriter().wrap(buffer, 0).finish();
        for (int id = 1; id <= 1024; id++) {
            database.table("mob").writes().insert(id, new RowCursor().wrap(buffer, 0, end));
        }
        for (int id = 512; id < 1024; id++) {
            database.table("mob").writes().delete(id);
        }
        database.table("mob").writes().insert(5000, new RowCursor().wrap(buffer, 0, end));
        database.commit(9);
        catalog = SnapshotRoundTripTest.catalog(disk);
        SnapshotRoundTripTest.write(catalog, database);
        path = catalog.pathOf(42).resolve("pages.bin");
        file = ByteBuffer.wrap(disk.bytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private int crc(final int from, final int bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(file.duplicate().position(from).limit(from + bytes));
        return (int) crc.getValue();
    }

    @Test
    void shouldHaveTheDrawnHeader() {
        final byte[] magic = new byte[8];
        file.get(0, magic);
        assertEquals("TAKTPAGE", new String(magic, StandardCharsets.US_ASCII));
        assertEquals(2, file.getInt(8));
        assertEquals(64, file.getInt(12));
        assertEquals(42, file.getLong(16));
        assertEquals(9, file.getLong(24));
        for (int at = 32; at < 60; at++) {
            assertEquals(0, file.get(at));
        }
        assertEquals(crc(0, 60), file.getInt(60));
    }

    /** Each record as "kind number length", pages without their length. */
    private List<String> records() {
        final List<String> records = new ArrayList<>();
        int at = 64;
        while (at < file.capacity()) {
            final int bytes = file.getInt(at + 8);
            final CRC32C crc = new CRC32C();
            crc.update(file.duplicate().position(at).limit(at + 12));
            crc.update(file.duplicate().position(at + 16).limit(at + 16 + bytes));
            assertEquals((int) crc.getValue(), file.getInt(at + 12), "record at " + at);
            records.add(file.getInt(at) + " " + file.getInt(at + 4) + body(at, bytes));
            at += 16 + bytes;
        }
        assertEquals(file.capacity(), at);
        return records;
    }

    private String body(final int at, final int bytes) {
        final ByteBuffer body = file.slice(at + 16, bytes).order(ByteOrder.LITTLE_ENDIAN);
        return switch (file.getInt(at)) {
            case 1, 4, 5 -> " " + body.getInt();
            case 2 -> " " + body.getInt() + " " + body.getInt() + " " + StandardCharsets.UTF_8.decode(body);
            case 6 -> body.getLong() == at ? " here" : " elsewhere";
            default -> " " + bytes;
        };
    }

    @Test
    void shouldHaveTheDrawnRecords() {
        final List<String> records = records();
        assertEquals("1 1 6", records.get(0), "table 1 has 6 sets");
        assertTrue(records.get(1).matches("2 0 \\d+ \\d+ group.main"), () -> records.get(1));
        final int ids = records.indexOf("2 2 2112 10 ids");
        assertEquals(
                List.of("3 0 2112", "5 1 1", "3 2 2112", "4 3 6", "3 9 2112"),
                records.subList(ids + 1, ids + 6),
                "ids: page 0, page 1 all dead, page 2, pages 3 to 8 absent, page 9");
        assertEquals("6 0 here", records.get(records.size() - 1));
    }

    /** Swaps two records of equal length, CRC and all: only their order says that something is wrong. */
    @Test
    void shouldFindRecordsThatStandInEachOthersPlace() {
        int first = -1;
        int second = -1;
        for (int at = 64; at < file.capacity(); at += 16 + file.getInt(at + 8)) {
            if (file.getInt(at) == PageFile.PAGE && file.getInt(at + 8) == 2112) {
                second = at;
                first = first < 0 ? at : first;
            }
        }
        final byte[] bytes = disk.bytes(path).clone();
        System.arraycopy(file.array(), first, bytes, second, 16 + 2112);
        System.arraycopy(file.array(), second, bytes, first, 16 + 2112);
        disk.bytes(path, bytes);
        final int swapped = first;
        final DbException error =
                assertThrows(DbException.class, () -> catalog.open(42).verify());
        assertEquals((long) swapped, error.attributes().get("offset"), error::getMessage);
    }
}
