package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.cli.http.ServerClient;
import io.taktdb.cli.shell.Words;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ShellCommandTest {
    private final StubServer server = new StubServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldRunEachLineAndRememberTheLastThatFailed() {
        server.on("GET /v1/tables", 200, "[]")
                .on("POST /v1/tables/mob/records", 201, "{\"id\":1}")
                .on("DELETE /v1/tables/mob/records/7", 404, "{}");
        final CommandLineRun run = CommandLineRun.withInput(server, """
                # a comment

                tables
                insert mob '{"name":"a b"}'
                delete mob 7
                tables
                nonsense
                get "mob
                quit
                tables
                """, "shell");
        assertEquals(2, run.code(), run::err);
        assertEquals(
                List.of(
                        "GET /v1/tables",
                        "POST /v1/tables/mob/records",
                        "DELETE /v1/tables/mob/records/7",
                        "GET /v1/tables"),
                server.requests().stream().map(StubServer.Request::line).toList());
        assertEquals("{\"name\":\"a b\"}", server.bodies().get(1));
        assertTrue(run.err().contains("a quote does not end"), run::err);
    }

    @Test
    void shouldCompleteCommandsOptionsTablesFieldsAndProcedures() {
        server.on("GET /v1/tables", 200, "[{\"name\":\"mob\"},{\"name\":\"item\"}]")
                .on("GET /v1/tables/mob", 200, "{\"name\":\"mob\",\"fields\":[{\"name\":\"hp\"},{\"name\":\"home\"}]}")
                .on("GET /v1/procedures", 200, "[{\"name\":\"world.damage\"},{\"name\":\"world.near\"}]");
        final CommandLine commands = TaktCommand.commandLine();
        final Words words = new Words(commands, new ServerClient(server.url(), null));
        assertEquals(List.of("query"), words.after(List.of(), "qu"));
        assertEquals(List.of("item", "mob"), words.after(List.of("query"), ""));
        assertEquals(List.of("home=", "hp="), words.after(List.of("query", "mob"), "h"));
        assertEquals(List.of("home", "hp"), words.after(List.of("query", "mob", "--order"), "h"));
        assertEquals(List.of("world.damage"), words.after(List.of("call"), "world.d"));
        assertEquals(List.of("--fields", "--format"), words.after(List.of("query", "mob"), "--f"));
        assertEquals(List.of("apply", "diff"), words.after(List.of("schema"), ""));
        assertEquals(List.of(), words.after(List.of("nonsense"), ""));
        server.close();
        assertEquals(List.of(), words.after(List.of("query"), ""), "a server that is away");
    }
}
