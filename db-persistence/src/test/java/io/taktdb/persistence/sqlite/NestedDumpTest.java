package io.taktdb.persistence.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.AddField;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists, options, oneofs and refs as SQLite sees them. */
class NestedDumpTest {
    @TempDir
    private Path folder;

    @Test
    void shouldDumpNestedValuesAsJsonAndRefsAsForeignKeys() throws SQLException {
        try (DumpWorld world = new DumpWorld()) {
            world.createTable("item", FieldSpec.of("tags", "list<string>").withDefault("[\"new\"]"));
            world.createTable(
                    "hero",
                    FieldSpec.of("weapon", "ref<item>").asOptional(),
                    FieldSpec.of("goal", "option<2xi32>"),
                    FieldSpec.of("mood", "oneof{calm: bool, angry: list<u8>}"));
            world.insert("item", 7, "[]");
            world.insert("item", 8);
            world.insert("hero", 1, "7", "[3,4]", "{\"angry\":[1,255]}");
            world.insert("hero", 2, null, "null", "{\"calm\":true}");
            world.database().change(new AddField("hero", FieldSpec.of("plan", "oneof{none: u8, some: string}")));
            final Path file = folder.resolve("world.db");
            world.dump(file);
            DumpWorld.assertSound(file);
            assertEquals(
                    List.of(List.of(7, "[]"), List.of(8, "[\"new\"]")), DumpWorld.query(file, "SELECT * FROM item"));
            assertEquals(
                    List.of(
                            Arrays.asList(1, 7, "[3,4]", "{\"angry\":[1,255]}", "{\"none\":0}"),
                            Arrays.asList(2, null, null, "{\"calm\":true}", "{\"none\":0}")),
                    DumpWorld.query(file, "SELECT * FROM hero"));
            assertEquals(
                    List.of(List.of("item", "weapon", "RESTRICT")),
                    DumpWorld.query(
                            file, "SELECT \"table\", \"from\", on_delete FROM pragma_foreign_key_list('hero')"));
            assertEquals(
                    List.of(List.of(1, 255)),
                    DumpWorld.query(
                            file, "SELECT mood ->> '$.angry[0]', mood ->> '$.angry[1]' FROM hero WHERE id = 1"));
        }
    }
}
