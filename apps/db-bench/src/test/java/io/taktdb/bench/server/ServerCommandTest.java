package io.taktdb.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command with rounds that are too short to measure anything. */
class ServerCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldMeasureCallsAndTransfersAndWriteFigures() throws IOException {
        final Path json = folder.resolve("figures.jsonl");
        final StringWriter said = new StringWriter();
        final CommandLine command = new CommandLine(new ServerCommand()).setOut(new PrintWriter(said));

        final int exit = command.execute(
                "--only",
                "rest.read.pipelined,ws.window64,transfer.tick.zipf,subscribers,idle",
                "--rounds",
                "1",
                "--millis",
                "60",
                "--shrink",
                "100",
                "--json",
                json.toString());

        assertEquals(0, exit, said::toString);
        final String figures = Files.readString(json);
        for (final String name : new String[] {
            "rest.read.pipelined", "ws.window64", "transfer.tick.zipf.p99", "subscribers.cpu", "idle.memory"
        }) {
            assertTrue(figures.contains("\"name\":\"" + name + "\""), figures);
        }
        assertTrue(said.toString().contains("transfer.sum: 100000000, as at the start"), said::toString);
    }

    @Test
    void shouldRefuseNamesThatNothingHas() {
        final StringWriter said = new StringWriter();
        final CommandLine command = new CommandLine(new ServerCommand()).setErr(new PrintWriter(said));

        final int exit = command.execute("--only", "nothing");

        assertEquals(2, exit);
        assertTrue(said.toString().contains("nothing begins so: --only=nothing"), said::toString);
    }
}
