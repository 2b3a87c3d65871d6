package io.taktdb.persistence.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.DeadIdWalk;
import io.taktdb.core.table.TableState;
import io.taktdb.core.table.TableView;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.world.RandomWorld;
import io.taktdb.persistence.world.RowText;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dumps on their way back. */
class SqliteImportTest {
    @TempDir
    private Path folder;

    private Path file;
    private DumpWorld world;

    @BeforeEach
    void open() {
        file = folder.resolve("world.db");
        world = new DumpWorld();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Database load(final SqliteImport source) {
        final Database database =
                new Database(new MemoryBudget(MemoryBudget.UNLIMITED), source.commit(), source.tick());
        try {
            source.load(database);
            database.commit(source.tick());
            return database;
        } catch (final RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    @Property(tries = 15)
    void shouldRestoreARandomWorldExactly(@ForAll final long seed) throws IOException {
        final Path dump = Files.createTempFile("takt", ".db");
        try (RandomWorld random = new RandomWorld(seed)) {
            random.grow(4, 150);
            try (Lease before = random.database().lease()) {
                new SqliteDump(Storage.disk(), seed).write(before.state(), dump);
                final SqliteImport source = SqliteImport.open(dump);
                assertEquals(seed, source.seed());
                assertEquals(before.state().commit(), source.commit());
                try (Database loaded = load(source);
                        Lease after = loaded.lease()) {
                    assertSame(before.state(), after.state());
                }
            }
        } finally {
            Files.delete(dump);
        }
    }

    private static void assertSame(final State before, final State after) {
        assertEquals(before.schema(), after.schema());
        assertEquals(before.tick(), after.tick());
        for (final TableState table : before.tables()) {
            final TableState other = after.table(table.schema().name());
            assertEquals(RowText.of(table), RowText.of(other));
            assertEquals(dead(table), dead(other));
            assertEquals(table.scalar(TableView.NEXT_ID), other.scalar(TableView.NEXT_ID));
        }
        assertEquals(StateHash.of(before), StateHash.of(after));
    }

    private static List<String> dead(final TableState table) {
        final List<String> ranges = new ArrayList<>();
        final DeadIdWalk walk = table.deadIds();
        while (walk.next()) {
            for (long id = walk.first(); id <= walk.last(); id++) {
                ranges.add(Long.toUnsignedString(id));
            }
        }
        ranges.sort(null);
        return ranges;
    }

    @Test
    void shouldRestoreFieldsBeyondTheLimitOfColumns() {
        final FieldSpec[] fields = new FieldSpec[2010];
        final String[] types = {"f64", "json", "string", "bytes", "u64", "3xf32", "timestamp", "uuid", "enum(a,b)"};
        final String[] values = {
            "\"NaN\"",
            "{\"a\":1.50,\"b\":[1e400,null]}",
            "\"\\u0000\"",
            "\"AAE=\"",
            "18446744073709551615",
            "[1,-0.0,3]",
            "\"2026-01-01T00:00:00.000001Z\"",
            "\"00112233-4455-6677-8899-aabbccddeeff\"",
            "\"b\""
        };
        for (int i = 0; i < fields.length; i++) {
            fields[i] = FieldSpec.of("f" + i, types[i % types.length]).asOptional();
        }
        world.createTable("wide", fields);
        final String[] row = new String[fields.length];
        Arrays.setAll(row, i -> i % 5 == 0 ? null : values[i % values.length]);
        world.insert("wide", 1, row);
        Arrays.setAll(row, i -> i % 7 == 0 ? null : i % types.length == 1 ? "null" : values[i % values.length]);
        world.insert("wide", 2, row);
        assertRestored();
    }

    private void assertRestored() {
        world.dump(file);
        try (Database loaded = load(SqliteImport.open(file));
                Lease before = world.database().lease();
                Lease after = loaded.lease()) {
            assertSame(before.state(), after.state());
        }
    }

    @Test
    void shouldRestoreIdsBeyondSignedNumbers() {
        world.createTable("big", FieldSpec.of("n", "i8"));
        for (final long id : new long[] {9, -1, 10, Long.MIN_VALUE, 1}) {
            world.insert("big", id, "1");
        }
        world.database().table("big").writes().delete(10);
        assertRestored();
    }

    /** Changes a dump as any tool would. */
    private void change(final String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement statement = connection.createStatement()) {
            for (final String sql : statements) {
                statement.execute(sql);
            }
        } catch (final SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void dumpMobs() {
        world.createTable(
                "mob",
                FieldSpec.of("hp", "i16").withDefault("5"),
                FieldSpec.of("speed", "f32").asOptional(),
                FieldSpec.of("name", "string").withDefault("\"orc\""),
                FieldSpec.of("kind", "enum(orc,elf)").withDefault("\"elf\""),
                FieldSpec.of("pos", "2xf32").asOptional(),
                FieldSpec.of("extra", "json").asOptional());
        for (int id = 1; id <= 4; id++) {
            world.insert("mob", id, null, "-0.0");
        }
        world.database().table("mob").writes().delete(1);
        world.dump(file);
    }

    @Test
    void shouldTakeRowsAsSomebodyChangedThem() {
        dumpMobs();
        change(
                "UPDATE mob SET hp = -7, speed = 2, name = 'it''s', extra = '[ 1 ]' WHERE id = 3",
                "DELETE FROM mob WHERE id = 2",
                "INSERT INTO mob (id, pos) VALUES (77, x'0000803F00000040')");
        try (Database loaded = load(SqliteImport.open(file));
                Lease lease = loaded.lease()) {
            assertEquals(
                    List.of(
                            "4 hp=0500 speed=00000080 name=6f7263 kind=01 pos=null extra=null",
                            "3 hp=f9ff speed=00000040 name=69742773 kind=01 pos=null extra=5b315d",
                            "77 hp=0500 speed=null name=6f7263 kind=01 pos=0000803f00000040 extra=null"),
                    RowText.of(lease.state().table("mob")));
            assertEquals(List.of("1"), dead(lease.state().table("mob")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hp = 40000,           hp",
        "hp = 'many',          hp",
        "hp = 1.5,             hp",
        "speed = 1e300,        speed",
        "speed = x'00',        speed",
        "name = x'00',         name",
        "kind = 'dwarf',       kind",
        "kind = NULL,          kind",
        "pos = x'00',          pos",
        "pos = '[1]',          pos",
        "extra = '{',          extra",
        "id = -5,              id",
    })
    void shouldRefuseValuesThatDoNotFit(final String set, final String field) {
        dumpMobs();
        change("PRAGMA writable_schema = ON", "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '')");
        change("UPDATE mob SET " + set + " WHERE id = 3");
        final SqliteImport source = SqliteImport.open(file);
        final DbException error =
                assertThrows(DbException.class, () -> load(source).close());
        assertEquals(ErrorCode.SCHEMA_MISMATCH, error.code(), error::getMessage);
        assertTrue(error.getMessage().contains("table=mob"), error::getMessage);
        assertTrue(field.equals("id") || error.getMessage().contains("field=" + field), error::getMessage);
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE _taktdb SET value = 2 WHERE key = 'format_version',format version is 2",
        "UPDATE _taktdb SET value = '{' WHERE key = 'schema',      schema is not valid",
        "DELETE FROM _taktdb WHERE key = 'tick',                   nothing where something should be",
        "DELETE FROM _taktdb_table,                                table mob is not listed",
    })
    void shouldRefuseWhatIsNoDump(final String sql, final String cause) {
        dumpMobs();
        change(sql);
        final DbException error = assertThrows(DbException.class, () -> SqliteImport.open(file));
        assertEquals(ErrorCode.INVALID_REQUEST, error.code());
        assertTrue(error.getMessage().contains(cause), error::getMessage);
    }

    @ParameterizedTest
    @CsvSource({"DROP TABLE mob", "DROP TABLE _taktdb_ids", "ALTER TABLE mob DROP COLUMN hp"})
    void shouldRefuseADumpThatMissesSomething(final String sql) {
        dumpMobs();
        change(sql);
        final SqliteImport source = SqliteImport.open(file);
        final DbException error = assertThrows(DbException.class, () -> load(source));
        assertEquals(ErrorCode.INVALID_REQUEST, error.code(), error::getMessage);
    }

    @Test
    void shouldRefuseOtherFiles() throws IOException {
        Files.writeString(file, "not a database, but long enough to be looked at by one".repeat(50));
        assertEquals(
                ErrorCode.INVALID_REQUEST,
                assertThrows(DbException.class, () -> SqliteImport.open(file)).code());
        assertEquals(
                ErrorCode.INVALID_REQUEST,
                assertThrows(DbException.class, () -> SqliteImport.open(folder.resolve("missing.db")))
                        .code());
        assertTrue(Files.notExists(folder.resolve("missing.db")), "reading makes no file");
    }

    @Test
    void shouldNotBelieveExactValuesWithBitsThatMeanNothing() {
        world.database()
                .change(new io.taktdb.types.schema.SchemaChange.CreateComposite(
                        "Flag", List.of(FieldSpec.of("on", "bool"), FieldSpec.of("f", "f32"))));
        world.createTable("odd", FieldSpec.of("flag", "Flag"));
        world.insert("odd", 1, "{\"on\":true,\"f\":1}");
        world.dump(file);
        change("INSERT INTO _taktdb_exact VALUES (1, 1, 1, x'020000803F')");
        try (Database loaded = load(SqliteImport.open(file));
                Lease lease = loaded.lease()) {
            assertEquals(List.of("1 flag=010000803f"), RowText.of(lease.state().table("odd")));
        }
    }
}
