package io.taktdb.persistence.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.state.Lease;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.world.RandomWorld;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps as SQLite sees them. */
class SqliteDumpTest {
    private static final long SEED = DumpWorld.SEED;

    @TempDir
    private Path folder;

    private DumpWorld world;

    @BeforeEach
    void open() {
        world = new DumpWorld();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Path dump() {
        final Path file = folder.resolve("world ?#%.db");
        world.dump(file);
        return file;
    }

    @Test
    void shouldUseRealTypes() throws SQLException {
        world.createTable(
                "mob",
                FieldSpec.of("alive", "bool"),
                FieldSpec.of("hp", "i16").withDefault("100"),
                FieldSpec.of("speed", "f32").asOptional(),
                FieldSpec.of("name", "string").withDefault("\"o'hara\""),
                FieldSpec.of("at", "timestamp"),
                FieldSpec.of("pos", "3xf32"),
                FieldSpec.of("kind", "enum(orc,elf)"));
        world.insert("mob", 1, "true", "-5", "1.5", null, "1000001", "[1,2,3]", "\"elf\"");
        final Path file = dump();
        DumpWorld.assertSound(file);
        assertEquals(
                List.of(List.of(1, 1, -5, 1.5, "o'hara", 1000001, "0000803F0000004000004040", "elf", "null")),
                DumpWorld.query(file, "SELECT id, alive, hp, speed, name, at, hex(pos), kind, typeof(NULL) FROM mob"));
        assertEquals(
                List.of(
                        List.of("id", "INTEGER", 1, 1),
                        List.of("alive", "INTEGER", 1, 0),
                        List.of("hp", "INTEGER", 1, 0),
                        List.of("speed", "REAL", 0, 0),
                        List.of("name", "TEXT", 1, 0),
                        List.of("at", "INTEGER", 1, 0),
                        List.of("pos", "BLOB", 1, 0),
                        List.of("kind", "TEXT", 1, 0)),
                DumpWorld.query(file, "SELECT name, type, \"notnull\", pk FROM pragma_table_info('mob')"));
        assertEquals(
                List.of(List.of("100"), List.of("'o''hara'")),
                DumpWorld.query(file, "SELECT dflt_value FROM pragma_table_info('mob') WHERE dflt_value NOT NULL"));
    }

    @Test
    void shouldDescribeTheWorld() throws SQLException {
        world.createTable("mob");
        world.insert("mob", 41);
        final Path file = dump();
        assertEquals(
                List.of(List.of("commit", 1), List.of("format_version", 1), List.of("seed", -3), List.of("tick", 9)),
                DumpWorld.query(file, "SELECT key, value FROM _taktdb WHERE key <> 'schema' ORDER BY key"));
        final Object schema = DumpWorld.query(file, "SELECT value FROM _taktdb WHERE key = 'schema'")
                .get(0)
                .get(0);
        assertEquals(
                world.database().schema(),
                SchemaJson.fromStored(schema.toString().getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                List.of(List.of(1, "mob", "mob", 1, 42)),
                DumpWorld.query(file, "SELECT table_id, name, sql_name, rows, next_id FROM _taktdb_table"));
        assertEquals(
                List.of(List.of(0x54414B54, 1)),
                DumpWorld.query(file, "SELECT * FROM pragma_application_id, pragma_user_version"));
    }

    @Test
    void shouldKeepLargeNumbersAsText() throws SQLException {
        world.createTable(
                "big", FieldSpec.of("n", "u64"), FieldSpec.of("small", "u64").asOptional());
        world.insert("big", -1, "18446744073709551615", "5");
        world.insert("big", 3, "7", null);
        final Path file = dump();
        DumpWorld.assertSound(file);
        final List<Object> second = new ArrayList<>(List.of("3", "7"));
        second.add(null);
        assertEquals(
                List.of(List.of("18446744073709551615", "18446744073709551615", 5), second),
                DumpWorld.query(file, "SELECT id, n, small FROM big ORDER BY id"));
    }

    @Test
    void shouldKeepWhatSqliteCannotSay() throws SQLException {
        world.createTable(
                "odd", FieldSpec.of("f", "f64"), FieldSpec.of("s", "string").withDefault("\"a\\u0000b\""));
        world.insert("odd", 1, "\"NaN\"", null);
        world.insert("odd", 2, "-0.0", null);
        world.insert("odd", 3, "\"-Infinity\"", "\"\"");
        final Path file = dump();
        DumpWorld.assertSound(file);
        assertEquals(
                List.of(List.of("NaN", "610062"), List.of(0.0, "610062"), List.of(Double.NEGATIVE_INFINITY, "")),
                DumpWorld.query(file, "SELECT f, hex(s) FROM odd ORDER BY id"));
        assertEquals(
                List.of(List.of(1, 2, 1, "0000000000000080")),
                DumpWorld.query(file, "SELECT table_id, record_id, field_id, hex(bytes) FROM _taktdb_exact"));
    }

    @Test
    void shouldTakeNamesThatSqlAndTheDumpKeepForThemselves() throws SQLException {
        final List<String> names = List.of(
                "select", "order", "sqlite_master", "SQLITE_x", "_taktdb", "_TAKTDB_table", "_taktdb_of_x", "rowid");
        for (final String name : names) {
            world.createTable(
                    name,
                    FieldSpec.of("rowid", "i32").asOptional(),
                    FieldSpec.of("from", "i32").withDefault("4"),
                    FieldSpec.of("oid", "bool").withDefault("true"),
                    FieldSpec.of("_taktdb_rest", "json").withDefault("[1]"));
            world.insert(name, 7);
        }
        final Path file = dump();
        DumpWorld.assertSound(file);
        final List<List<Object>> tables =
                DumpWorld.query(file, "SELECT name, sql_name FROM _taktdb_table ORDER BY table_id");
        assertEquals(names, tables.stream().map(row -> row.get(0)).toList());
        for (final List<Object> table : tables) {
            assertEquals(
                    List.of(List.of(7, 4, 1, "[1]")),
                    DumpWorld.query(file, "SELECT id, \"from\", oid, _taktdb_rest FROM \"" + table.get(1) + "\""));
        }
    }

    @Test
    void shouldPutFieldsBeyondTheLimitIntoOneColumn() throws SQLException {
        final FieldSpec[] fields = new FieldSpec[2001];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = FieldSpec.of("f" + i, "i32").withDefault(Integer.toString(i));
        }
        world.createTable("wide", fields);
        world.createTable("fits", java.util.Arrays.copyOf(fields, 1999));
        world.insert("wide", 1);
        world.insert("fits", 1);
        final Path file = dump();
        DumpWorld.assertSound(file);
        assertEquals(
                List.of(List.of(1997, "{\"f1998\":1998,\"f1999\":1999,\"f2000\":2000}")),
                DumpWorld.query(file, "SELECT f1997, _taktdb_rest FROM wide"));
        assertEquals(List.of(List.of(1998)), DumpWorld.query(file, "SELECT f1998 FROM fits"));
    }

    @Test
    void shouldCarryRelationsAndIndexes() throws SQLException {
        world.database()
                .change(new SchemaChange.CreateComposite(
                        "Vec3", List.of(FieldSpec.of("x", "f32"), FieldSpec.of("y", "f32"), FieldSpec.of("z", "f32"))));
        world.createTable("sqlite_clan", FieldSpec.of("name", "string"));
        world.createTable("god", FieldSpec.of("name", "string"));
        world.createTable(
                "mob",
                FieldSpec.of("clan", "u64").asOptional(),
                FieldSpec.of("god", "u64").asOptional(),
                FieldSpec.of("speed", "f32"),
                FieldSpec.of("at", "Vec3").withDefault("{\"x\":0,\"y\":0,\"z\":0}"));
        world.database()
                .change(new SchemaChange.CreateRelation(
                        "mob", "clan", "sqlite_clan", io.taktdb.types.schema.OnDelete.SET_NULL));
        world.database()
                .change(new SchemaChange.CreateRelation("mob", "god", "god", io.taktdb.types.schema.OnDelete.CASCADE));
        world.database()
                .change(new SchemaChange.CreateIndex(
                        "god", io.taktdb.types.schema.IndexSpec.unique("by_name", "name")));
        world.database()
                .change(new SchemaChange.CreateIndex(
                        "mob", io.taktdb.types.schema.IndexSpec.unique("by_at", "at", "clan")));
        world.insert("sqlite_clan", 4, "\"red\"");
        world.insert("god", -1, "\"odin\"");
        world.insert("mob", 1, "4", "18446744073709551615", "0.0");
        world.insert("mob", 2, "4", null, "1.5", "{\"x\":0,\"y\":0,\"z\":-0.0}");
        final Path file = dump();
        DumpWorld.assertSound(file);
        assertEquals(
                List.of(
                        List.of("_taktdb_of_sqlite_clan", "clan", "id", "SET NULL"),
                        List.of("god", "god", "id", "CASCADE")),
                DumpWorld.query(
                        file,
                        "SELECT \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list('mob')"
                                + " ORDER BY 1"));
        assertEquals(
                List.of(List.of("god", "god.by_name", 1), List.of("mob", "mob.by_at", 0)),
                DumpWorld.query(
                        file,
                        "SELECT t.name, i.name, i.\"unique\" FROM sqlite_schema t, pragma_index_list(t.name) i"
                                + " WHERE i.name LIKE '%.by_%' ORDER BY 1"));
        assertEquals(
                List.of(List.of(1, "odin")),
                DumpWorld.query(file, "SELECT m.id, g.name FROM mob m JOIN god g ON g.id = god"));
    }

    @Test
    void shouldReplaceAnOlderDump() throws Exception {
        world.createTable("mob");
        world.insert("mob", 1);
        dump();
        world.insert("mob", 2);
        assertEquals(List.of(List.of(2)), DumpWorld.query(dump(), "SELECT count(*) FROM mob"));
        try (java.util.stream.Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void shouldLeaveNothingBehindWhenItFails() throws Exception {
        world.database().commit(1);
        final Path target = Files.createDirectories(folder.resolve("taken").resolve("by a folder"))
                .getParent();
        try (Lease lease = world.database().lease()) {
            final DbException error = assertThrows(
                    DbException.class, () -> new SqliteDump(Storage.disk(), SEED).write(lease.state(), target));
            assertEquals(ErrorCode.STORAGE_FAILED, error.code());
            assertTrue(error.getMessage().contains(target.toString()), error::getMessage);
            assertFalse(Files.exists(folder.resolve("taken.writing")));
            assertThrows(
                    DbException.class,
                    () -> new SqliteDump(Storage.disk(), SEED)
                            .write(
                                    lease.state(),
                                    folder.resolve("no such folder").resolve("file")));
        }
    }

    @Property(tries = 15)
    void shouldShowEveryRowOfARandomWorld(@ForAll final long seed) throws Exception {
        final Path file = Files.createTempFile("takt", ".db");
        try (RandomWorld random = new RandomWorld(seed)) {
            random.grow(4, 150);
            try (Lease lease = random.database().lease()) {
                new SqliteDump(Storage.disk(), SEED).write(lease.state(), file);
                DumpWorld.assertSound(file);
                DumpContent.assertShows(lease.state(), file);
            }
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void shouldHaveTheDrawnVersionAndId() {
        assertEquals(1, DumpCatalog.FORMAT_VERSION);
        assertArrayEquals(
                "TAKT".getBytes(StandardCharsets.US_ASCII),
                java.nio.ByteBuffer.allocate(4)
                        .putInt(DumpCatalog.APPLICATION_ID)
                        .array());
    }
}
