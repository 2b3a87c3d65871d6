package io.taktdb.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.procedure.WorldModule;
import io.taktdb.types.codegen.JavaCode;
import io.taktdb.types.error.DbException;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.json.StrictJson;
import io.taktdb.types.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Generates classes, compiles them with a game that uses them, and runs it in an embedded engine. */
final class GeneratedCodeTest {
    private static final String SCHEMA = """
            {"tables":[{"name":"ship","fields":[
              {"name":"position","type":"3xf32"},{"name":"hp","type":"i32"},{"name":"maxHp","type":"i32"},
              {"name":"mass","type":"f64"},{"name":"docked","type":"bool"},
              {"name":"target","type":"u64","optional":true},{"name":"shield","type":"u8","optional":true},
              {"name":"state","type":"enum(idle,flying)"},{"name":"owner","type":"uuid"},
              {"name":"name","type":"string"}]}]}
            """;

    @TempDir
    private Path folder;

    private void compile(final String schemaJson) throws IOException {
        final Schema schema = SchemaJson.readSchema(StrictJson.parser(schemaJson));
        final Path sources = Files.createDirectories(folder.resolve("src/game"));
        for (final Map.Entry<String, String> file : JavaCode.of(schema, "game").entrySet()) {
            Files.writeString(sources.resolve(file.getKey()), file.getValue());
        }
        try (InputStream game = GeneratedCodeTest.class.getResourceAsStream("/codegen/Game.java.txt")) {
            Files.write(sources.resolve("Game.java"), game.readAllBytes());
        }
        final List<String> options = List.of(
                "-d",
                Files.createDirectories(folder.resolve("classes")).toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xlint:all,-path,-classfile,-processing",
                "-Werror",
                "-proc:none");
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final StringWriter said = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                var found = Files.list(sources)) {
            final List<Path> all = new ArrayList<>(found.toList());
            final boolean done = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromPaths(all))
                    .call();
            assertTrue(done, said::toString);
        }
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(
                new URL[] {folder.resolve("classes").toUri().toURL()}, GeneratedCodeTest.class.getClassLoader());
    }

    @Test
    void shouldDoWhatGenericAccessDoes() throws Exception {
        compile(SCHEMA);
        try (URLClassLoader loader = loader()) {
            final Class<?> game = loader.loadClass("game.Game");
            final Method show = game.getMethod("show", TableState.class, long.class);
            final WorldModule module = (WorldModule) game.getConstructor().newInstance();
            try (TaktDb db = TaktDb.openStepped(TaktConfig.inMemory(module), 1_000_000)) {
                db.tick(2_000_000);
                try (Lease lease = db.lease()) {
                    final TableState ships = lease.state().table("ship");
                    final RowReader row = ships.reader();
                    for (long id = 1; id <= 3_000; id++) {
                        assertEquals(generic(row.require(id)), show.invoke(null, ships, id));
                    }
                    assertEquals(
                            "9 -1.0 9.0 2 60 2.5 true - 200 idle 16 a name beyond twelve bytes",
                            show.invoke(null, ships, 9L));
                    assertEquals(
                            "3000 0.0 3000.0 1 60 1500.0 false 3000 - flying 16 none", show.invoke(null, ships, 3000L));
                    assertEquals("none", show.invoke(null, ships, 3_001L));
                }
            }
        }
    }

    private static String generic(final RowReader row) {
        return row.id() + " " + row.getFloat(0, 0) + " " + row.getFloat(0, 2) + " " + row.getLong(1) + " "
                + row.getLong(2) + " " + row.getDouble(3) + " " + row.getBoolean(4) + " "
                + (row.isNull(5) ? "-" : row.getLong(5)) + " " + (row.isNull(6) ? "-" : row.getLong(6)) + " "
                + List.of("idle", "flying").get(row.getInt(7)) + " " + row.length(8) + " " + row.getString(9);
    }

    @Test
    void shouldSayThatTheSchemaIsNotTheOneThatItWasGeneratedFor() throws Exception {
        compile(SCHEMA.replace("\"type\":\"u8\"", "\"type\":\"u16\""));
        try (URLClassLoader loader = loader()) {
            final WorldModule module =
                    (WorldModule) loader.loadClass("game.Game").getConstructor().newInstance();
            Throwable error = assertThrows(
                    RuntimeException.class,
                    () -> TaktDb.openStepped(TaktConfig.inMemory(module), 1_000_000)
                            .close());
            while (!(error instanceof DbException) && error.getCause() != null) {
                error = error.getCause();
            }
            assertEquals(
                    "field has another type now: table=ship, field=shield, generated for=u16, found=u8;"
                            + " generate the source again",
                    error.getMessage());
        }
    }
}
