package io.taktdb.testrunner.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server process prints: its address when it is ready, and its last lines for reports.
 *
 * <p>Threading: a thread of its own reads until the process ends; any other asks.
 */
final class ServerOutput {
    private static final Pattern READY = Pattern.compile("listening on (http://\\S+)");
    private static final int MAX_LINES = 40;

    private final CompletableFuture<URI> ready = new CompletableFuture<>();
    private final Deque<String> lines = new ArrayDeque<>();

    ServerOutput(final Process process) {
        final Thread reader = new Thread(() -> read(process), "server-output-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * The server's address.
     *
     * @throws IOException it ended, or was not ready in time
     */
    URI awaitReady(final long seconds) throws IOException {
        try {
            return ready.get(seconds, TimeUnit.SECONDS);
        } catch (final ExecutionException | TimeoutException e) {
            final String why = e instanceof TimeoutException
                    ? "waited=" + seconds + " s"
                    : e.getCause().getMessage();
            throw new IOException("server did not get ready: " + why + System.lineSeparator() + text());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the server started");
        }
    }

    synchronized String text() {
        return String.join(System.lineSeparator(), lines);
    }

    private synchronized void add(final String line) {
        lines.addLast(line);
        if (lines.size() > MAX_LINES) {
            lines.removeFirst();
        }
    }

    private void read(final Process process) {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
                final Matcher address = READY.matcher(line);
                if (address.find()) {
                    ready.complete(URI.create(address.group(1)));
                }
            }
        } catch (final IOException | UncheckedIOException e) {
            add("(output ended: " + e.getMessage() + ")");
        }
        ready.completeExceptionally(new IOException("it ended before it was listening"));
    }
}
