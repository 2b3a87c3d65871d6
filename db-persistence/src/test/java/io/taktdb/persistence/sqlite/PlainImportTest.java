package io.taktdb.persistence.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.table.TableView;
import io.taktdb.core.transaction.Database;
import io.taktdb.persistence.storage.Storage;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.TableSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other programs on their way in, and out again. */
class PlainImportTest {
    @TempDir
    private Path folder;

    private Path file(final String... statements) throws SQLException {
        final Path file = folder.resolve("plain.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement statement = connection.createStatement()) {
            for (final String sql : statements) {
                statement.execute(sql);
            }
        }
        return file;
    }

    /** What is to be looked at. */
    private interface Look {
        void at(State state) throws SQLException;
    }

    private static List<String> load(final Path file, final Look look) throws SQLException {
        final SqliteImport source = SqliteImport.open(file);
        assertFalse(source.isDump());
        try (Database database =
                new Database(new MemoryBudget(MemoryBudget.UNLIMITED), source.commit(), source.tick())) {
            source.load(database);
            database.commit(source.tick());
            try (Lease lease = database.lease()) {
                look.at(lease.state());
            }
        }
        return source.notes();
    }

    private Path dump(final State state) {
        final Path dump = folder.resolve("dump.db");
        new SqliteDump(Storage.disk(), 1).write(state, dump);
        return dump;
    }

    private static String fields(final TableSchema table) {
        return table.fields().stream()
                .map(field -> field.name() + " " + field.type().spelling() + (field.optional() ? "?" : "")
                        + (field.defaultJson() == null ? "" : "=" + field.defaultJson()))
                .collect(Collectors.joining(", "));
    }

    private static String indexes(final TableSchema table) {
        return table.indexes().stream()
                .map(index -> index.name() + (index.unique() ? "!" : "") + columns(table, index))
                .collect(Collectors.joining(", "));
    }

    private static List<String> columns(final TableSchema table, final IndexSchema index) {
        return index.fieldIds().stream().map(table::fieldById).map(Field::name).toList();
    }

    @Test
    void shouldTakeTablesOfEveryNaturalType() throws SQLException {
        final Path file = file(
                "CREATE TABLE hero (hero_id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT 'it''s', hp INT DEFAULT 5,"
                        + " alive BOOLEAN, price NUMERIC(10,2), speed REAL, pic BLOB, born DATETIME,"
                        + " made TEXT DEFAULT CURRENT_TIMESTAMP)",
                "INSERT INTO hero VALUES"
                        + " (7, 'Ada', 9223372036854775807, 1, 3, 1.5, x'00ff', '2009-01-01 00:00:00', NULL),"
                        + " (0, 'Bo', NULL, 0, 2.25, 2, NULL, NULL, 'x')");
        final List<String> notes = load(file, state -> {
            assertEquals(
                    "name string=\"it's\", hp i64?=5, alive bool?, price f64?, speed f64?, pic bytes?, born string?,"
                            + " made string?",
                    fields(state.schema().requireTable("hero")));
            assertEquals(
                    List.of(
                            Arrays.asList(0, "Bo", null, 0, 2.25, 2.0, null, null, "x"),
                            Arrays.asList(7, "Ada", Long.MAX_VALUE, 1, 3.0, 1.5, "00FF", "2009-01-01 00:00:00", null)),
                    DumpWorld.query(
                            dump(state),
                            "SELECT id, name, hp, alive, price, speed, hex(pic) FILTER_PIC, born, made FROM hero"
                                            .replace("hex(pic) FILTER_PIC", "iif(pic IS NULL, NULL, hex(pic))")
                                    + " ORDER BY id"));
        });
        assertEquals(
                List.of(
                        "column hero_id of table hero is called id",
                        "default of hero.made is not taken over: CURRENT_TIMESTAMP"),
                notes);
    }

    @Test
    void shouldTakeKeysIndexesAndRelations() throws SQLException {
        final Path file = file(
                "CREATE TABLE clan (id INTEGER PRIMARY KEY AUTOINCREMENT, tag TEXT UNIQUE)",
                "CREATE TABLE member (clan INTEGER NOT NULL REFERENCES clan ON DELETE CASCADE, name TEXT NOT NULL,"
                        + " boss INTEGER REFERENCES clan(id) ON DELETE SET NULL,"
                        + " PRIMARY KEY (clan, name)) WITHOUT ROWID",
                "CREATE INDEX \"by name!\" ON member (name, boss)",
                "CREATE INDEX partial ON member (boss) WHERE boss > 3",
                "CREATE VIEW v AS SELECT 1",
                "CREATE TRIGGER t AFTER INSERT ON clan BEGIN DELETE FROM member; END",
                "INSERT INTO clan VALUES (3, 'red'), (9, NULL), (12, NULL)",
                "DELETE FROM clan WHERE id = 12",
                "INSERT INTO member VALUES (9, 'b', NULL), (3, 'a', 9)");
        final List<String> notes = load(file, state -> {
            final TableSchema clan = state.schema().requireTable("clan");
            final TableSchema member = state.schema().requireTable("member");
            assertEquals("tag_unique![tag]", indexes(clan));
            assertEquals(
                    "clan_name_unique![clan, name], by_name_[name, boss], boss_index[boss]",
                    indexes(member).replace("boss_relation", "boss_index"));
            assertEquals(2, state.schema().relations().size());
            assertEquals(
                    List.of(OnDelete.CASCADE, OnDelete.SET_NULL),
                    state.schema().relations().stream().map(r -> r.onDelete()).toList());
            assertEquals(13, state.table("clan").scalar(TableView.NEXT_ID), "no id is given twice");
            assertEquals(
                    List.of(Arrays.asList(1, 3, "a", 9), Arrays.asList(2, 9, "b", null)),
                    DumpWorld.query(dump(state), "SELECT * FROM member ORDER BY id"));
            DumpWorld.assertSound(dump(state));
        });
        assertEquals(
                List.of(
                        "view v is not taken over",
                        "trigger t is not taken over",
                        "index partial of table member is not taken over"),
                notes);
    }

    @Test
    void shouldRenameWhatCannotBeCalledSo() throws SQLException {
        final Path file = file(
                "CREATE TABLE \"Order Details\" (\"2nd id\" INT, \"sum €\" REAL)",
                "INSERT INTO \"Order Details\" VALUES (1, 2)");
        final List<String> notes = load(file, state -> {
            assertEquals("_2nd_id i64?, sum__ f64?", fields(state.schema().requireTable("Order_Details")));
            assertEquals(1, state.table("Order_Details").rowCount());
        });
        assertEquals(3, notes.size(), notes::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE a (x); INSERT INTO a VALUES (1), ('b')                | column x of table a",
                "CREATE TABLE a (x); INSERT INTO a VALUES (1.5), (9007199254740993) | column x of table a",
                "CREATE TABLE a (x INT, id TEXT)                                    | column id of table a",
                "CREATE TABLE a (\"b c\" INT, b_c INT)                              | would both be called b_c",
                "CREATE TABLE \"b c\" (x INT); CREATE TABLE b_c (x INT)             | would both be called b_c",
                "CREATE TABLE \"€\" (x INT)                                         | rename it",
                "CREATE VIEW v AS SELECT 1                                          | no tables",
            })
    void shouldRefuseWhatCannotBeHad(final String sql, final String cause) throws SQLException {
        final Path file = file(sql.split("; "));
        final DbException error = assertThrows(DbException.class, () -> load(file, state -> {}));
        assertEquals(ErrorCode.INVALID_REQUEST, error.code(), error::getMessage);
        assertTrue(error.getMessage().contains(cause), error::getMessage);
    }

    @Test
    void shouldRefuseReferencesToNothing() throws SQLException {
        final Path file = file(
                "CREATE TABLE a (id INTEGER PRIMARY KEY, other INTEGER REFERENCES a(id))",
                "INSERT INTO a VALUES (1, 1), (2, 44)");
        final DbException error = assertThrows(DbException.class, () -> load(file, state -> {}));
        assertEquals(ErrorCode.CONFLICT, error.code(), error::getMessage);
        assertTrue(error.getMessage().contains("first ids=[2]"), error::getMessage);
    }

    @Test
    void shouldRefuseTextThatIsNoUtf8() throws SQLException {
        final Path file = file("CREATE TABLE a (x TEXT)", "INSERT INTO a VALUES (CAST(x'ff41' AS TEXT))");
        final DbException error = assertThrows(DbException.class, () -> load(file, state -> {}));
        assertEquals(ErrorCode.SCHEMA_MISMATCH, error.code(), error::getMessage);
        assertTrue(error.getMessage().contains("text is no UTF-8: table=a, id=1, field=x"), error::getMessage);
    }

    @Test
    void shouldRefuseAFileThatIsCutShort() throws SQLException, IOException {
        final Path file = file("CREATE TABLE a (x TEXT)", "INSERT INTO a VALUES (zeroblob(100000))");
        final byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        final DbException error = assertThrows(DbException.class, () -> SqliteImport.open(file));
        assertEquals(ErrorCode.INVALID_REQUEST, error.code(), error::getMessage);
    }
}
