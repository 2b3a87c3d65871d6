package io.taktdb.testrunner.server;

import io.taktdb.testrunner.plan.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server process with its data folder. Threading: one thread. */
final class ChildServer implements TestServer {
    private static final long START_SECONDS = 60;
    /** What the JVM ends with after SIGTERM, when nothing else is said: 128 + 15. */
    private static final int TERMINATED = 143;

    private final List<String> words = new ArrayList<>();
    private final Path folder;
    private Process process;
    private ServerOutput output;
    private URI url;

    ChildServer(final ServerCommand command, final ServerSettings settings, final Path folder) {
        this.folder = folder;
        words.addAll(command.words());
        words.addAll(List.of("--port", "0", "--data", folder.resolve("data").toString()));
        words.addAll(List.of("--tick-rate", Integer.toString(settings.tickRate())));
    }

    void start() throws IOException {
        process = ChildProcesses.start(new ProcessBuilder(words).redirectErrorStream(true), folder);
        process.getOutputStream().close();
        output = new ServerOutput(process);
        url = output.awaitReady(START_SECONDS);
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public void restart() throws IOException {
        stop();
        start();
    }

    @Override
    public void kill() throws IOException {
        ChildProcesses.kill(process);
        start();
    }

    @Override
    public String log() {
        return output == null ? "" : output.text();
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
        } finally {
            DataFolder.remove(folder);
        }
    }

    private void stop() throws IOException {
        if (process == null) {
            return;
        }
        final Process ending = process;
        process = null;
        final boolean wasAlive = ending.isAlive();
        if (!ChildProcesses.end(ending)) {
            throw new IOException("server did not end after SIGTERM: waited=" + ChildProcesses.STOP_SECONDS + " s");
        }
        final int code = ending.exitValue();
        if (!wasAlive || (code != 0 && code != TERMINATED)) {
            throw new IOException("server ended by itself, or not cleanly: exit code=" + code);
        }
    }
}
