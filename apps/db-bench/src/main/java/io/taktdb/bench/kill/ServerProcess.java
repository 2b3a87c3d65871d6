package io.taktdb.bench.kill;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One life of a server, in a process of its own. Threading: one thread. */
final class ServerProcess implements AutoCloseable {
    private static final String READY = "listening on ";
    private static final long EXIT_S = 60;

    private final Process process;
    private final String url;
    private final long readyNs;

    private ServerProcess(final Process process, final String url, final long readyNs) {
        this.process = process;
        this.url = url;
        this.readyNs = readyNs;
    }

    /**
     * Starts a server and waits until it serves.
     *
     * @param home the project's folder, whose launcher is used
     * @param log where what the server says on standard error is appended
     */
    static ServerProcess start(final Path home, final Path data, final Path log, final List<String> options)
            throws IOException {
        final List<String> command = new ArrayList<>(
                List.of(home.resolve("takt").toString(), "server", "--port", "0", "--data", data.toString()));
        command.addAll(options);
        final ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        builder.environment().put("TAKT_BUILD", "never");
        final long startNs = System.nanoTime();
        final Process process = builder.start();
        final BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new ServerProcess(process, line.substring(READY.length()).strip(), System.nanoTime() - startNs);
            }
        }
        process.destroyForcibly();
        throw new IOException("the server ended before it served: log=" + log + "; read why there");
    }

    String url() {
        return url;
    }

    /** How long it took from nothing to serving, the JVM's start included. */
    long readyNs() {
        return readyNs;
    }

    /** Ends the process at once, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(EXIT_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException("process outlives its killing: pid=" + process.pid());
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
