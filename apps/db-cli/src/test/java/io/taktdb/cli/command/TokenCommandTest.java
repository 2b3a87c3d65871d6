package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenCommandTest {
    @TempDir
    private Path folder;

    private CommandLineRun token(final String... args) {
        final String[] line = new String[args.length + 3];
        line[0] = "token";
        System.arraycopy(args, 0, line, 1, args.length);
        line[line.length - 2] = "--file";
        line[line.length - 1] = folder.resolve("tokens").toString();
        return CommandLineRun.plain("", false, line);
    }

    @Test
    void shouldKeepHashesOnlyAndTakeTokensOutAgain() throws IOException {
        final Path file = folder.resolve("tokens");
        Files.writeString(file, "# the team\n");
        final CommandLineRun made = token("create", "game", "write", "--tables", "unit,hero");
        assertEquals(0, made.code(), made::err);
        final String secret = made.out().strip().replace("secret, shown only now: ", "");
        assertTrue(secret.matches("takt_[A-Za-z0-9_-]{43}"), secret);
        token("create", "ops", "admin", "--expires", "2030-01-31T00:00:00Z");
        assertFalse(Files.readString(file).contains(secret));
        assertTrue(Files.readString(file)
                .matches("(?s)# the team\\Rgame write sha256:[0-9a-f]{64} tables=unit,hero\\R"
                        + "ops admin sha256:[0-9a-f]{64} expires=2030-01-31T00:00:00Z\\R"));
        final String list = token("list").out();
        assertTrue(list.contains("game") && list.contains("unit,hero") && list.contains("2030-01-31"), list);
        assertFalse(list.contains("sha256"), list);
        assertEquals(4, token("create", "game", "read").code());
        assertEquals("revoked game\n", token("revoke", "game").out());
        assertEquals(4, token("revoke", "game").code());
        assertEquals(
                "[{\"name\":\"ops\",\"role\":\"admin\",\"expires\":\"2030-01-31T00:00:00Z\"}]\n",
                token("list", "--json").out());
    }
}
