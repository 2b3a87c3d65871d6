package io.taktdb.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SubscribeCommandTest {
    private static final String SNAPSHOT =
            "id: 7\nevent: snapshot\ndata: {\"tick\":7,\"rows\":[{\"id\":1}],\"done\":true}\n\n";
    private static final String CHANGE =
            ": comment\nid: 9\nevent: change\ndata: {\"tick\":9,\"inserted\":[],\ndata: \"deleted\":[1]}\n\n";

    private final StubServer server = new StubServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldPrintOneObjectALineUntilThereAreEnough() {
        server.on("GET /v1/stream/mob?hp.lt=5&fields=hp&snapshot=false", 200, SNAPSHOT + CHANGE + CHANGE);
        final CommandLineRun run = CommandLineRun.of(
                server, "subscribe", "mob", "--filter", "hp.lt=5", "--fields", "hp", "--no-snapshot", "--count", "2");
        assertEquals(0, run.code(), run::err);
        assertEquals(
                List.of(
                        "{\"event\":\"snapshot\",\"tick\":7,\"rows\":[{\"id\":1}],\"done\":true}",
                        "{\"event\":\"change\",\"tick\":9,\"inserted\":[],\"deleted\":[1]}"),
                run.out().lines().toList());
    }

    @Test
    void shouldGoOnBehindTheLastTickWhenTheConnectionBreaks() {
        server.on("GET /v1/stream/mob", 200, SNAPSHOT).on("GET /v1/stream/mob", 200, CHANGE);
        final CommandLineRun run = CommandLineRun.of(server, "subscribe", "mob", "--count", "2", "--resume", "5");
        assertEquals(0, run.code(), run::err);
        assertEquals(2, run.out().lines().count(), run::out);
        assertTrue(run.err().contains("connecting again"), run::err);
        assertEquals(
                List.of("5", "7"),
                server.requests().stream().map(StubServer.Request::lastEventId).toList());
    }

    @Test
    void shouldSayWhyTheServerEndedTheStream() {
        server.on("GET /v1/stream/mob", 200, "event: end\ndata: {\"code\":\"TABLE_NOT_FOUND\"}\n\n");
        final CommandLineRun run = CommandLineRun.of(server, "subscribe", "mob", "--retries", "0");
        assertEquals(1, run.code(), run::err);
        assertTrue(run.err().contains("error STREAM_ENDED: the server ended the stream"), run::err);
        assertTrue(run.err().contains("TABLE_NOT_FOUND"), run::err);
    }
}
