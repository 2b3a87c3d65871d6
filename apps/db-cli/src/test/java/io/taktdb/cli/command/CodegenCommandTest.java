package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodegenCommandTest {
    private static final String SCHEMA =
            "{\"tables\":[{\"name\":\"mob\",\"fields\":[{\"name\":\"%s\",\"type\":\"i32\"}]}]}";

    private final StubServer server = new StubServer();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandLineRun run(final String... more) {
        final String[] args = new String[6 + more.length];
        System.arraycopy(
                new String[] {"codegen", "java", "--package", "game.world", "--out", folder.toString()}, 0, args, 0, 6);
        System.arraycopy(more, 0, args, 6, more.length);
        return CommandLineRun.of(server, args);
    }

    @Test
    void shouldWriteWhatAFileOrTheServerHas() throws IOException {
        server.on("GET /v1/schema", 200, SCHEMA.formatted("hp"));
        final CommandLineRun first = run();
        assertEquals(0, first.code(), first::err);
        final Path row = folder.resolve("game/world/MobRow.java");
        assertTrue(Files.readString(row).contains("public int hp()"));
        final Path file = Files.writeString(folder.resolve("schema.json"), SCHEMA.formatted("mana"));
        final CommandLineRun again = run("--schema", file.toString());
        assertEquals("wrote 3 files to " + row.getParent() + "\n", again.out(), again::err);
        assertTrue(Files.readString(row).contains("public int mana()"), "written anew");
    }

    @Test
    void shouldWriteNothingWhenASchemaCannotBeJava() throws IOException {
        final Path file = Files.writeString(folder.resolve("schema.json"), SCHEMA.formatted("class"));
        final CommandLineRun run = run("--schema", file.toString());
        assertEquals(4, run.code());
        assertTrue(run.err().contains("table=mob, field=class, reason=it is a keyword; rename it"), run::err);
        Files.writeString(file, SCHEMA.formatted("hp").replace("i32", "i33"));
        assertTrue(run("--schema", file.toString()).err().contains("i33"));
        Files.writeString(file, "{\"tables\":");
        assertEquals(4, run("--schema", file.toString()).code());
        assertEquals(4, run("--schema", folder.resolve("none.json").toString()).code());
        assertFalse(Files.exists(folder.resolve("game")));
    }

    @Test
    void shouldNotTouchAFileThatItDidNotWrite() throws IOException {
        server.on("GET /v1/schema", 200, SCHEMA.formatted("hp"));
        final Path mine = folder.resolve("game/world/MobView.java");
        Files.createDirectories(mine.getParent());
        Files.writeString(mine, "class MobView {}");
        final CommandLineRun run = run();
        assertEquals(4, run.code());
        assertTrue(run.err().contains("file was not generated: file=" + mine), run::err);
        assertEquals("class MobView {}", Files.readString(mine));
        assertFalse(Files.exists(folder.resolve("game/world/MobRow.java")), "all or nothing");
    }
}
