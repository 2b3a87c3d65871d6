package io.taktdb.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The server's status, painted again in place each time; one line each time where nobody watches.
 *
 * <p>Only the lines that it printed are overwritten: what stood on the terminal before stays. Threading: one thread.
 */
public final class StatusScreen {
    private static final String ERASE_BELOW = "\u001b[J";
    private static final String ERASE_TO_END = "\u001b[K";

    private final Console console;
    private final String url;
    private final Sparkline rates = new Sparkline();
    private final Sparkline lateness = new Sparkline();
    private int paintedLines;

    public StatusScreen(final Console console, final String url) {
        this.console = console;
        this.url = url;
    }

    /** Whether a person watches, so that more than one line can be shown. */
    public boolean isLive() {
        return console.outLive();
    }

    /**
     * Shows a status.
     *
     * @param status the answer of {@code GET /v1/status}
     * @param tables that of {@code GET /v1/tables}, or a missing node
     */
    public void paint(final JsonNode status, final JsonNode tables) {
        if (!console.outLive()) {
            console.out().println(oneLine(status));
            return;
        }
        rates.add(status.path("rate").asDouble());
        lateness.add(status.path("latenessUs").path("p99").asDouble());
        repaint(StatusLines.of(status, url, rates, lateness, tables));
    }

    /** Shows that the server did not answer this time. */
    public void paintFailure(final String line) {
        if (console.outLive()) {
            repaint(List.of("takt  " + url, "", line));
        } else {
            console.err().println(line);
        }
    }

    private void repaint(final List<String> lines) {
        final StringBuilder screen = new StringBuilder();
        if (paintedLines > 0) {
            screen.append("\u001b[").append(paintedLines).append('F'); // to the start of the first painted line
        }
        lines.forEach(line -> screen.append(line).append(ERASE_TO_END).append('\n'));
        console.out().print(screen.append(ERASE_BELOW));
        console.out().flush();
        paintedLines = lines.size();
    }

    private static String oneLine(final JsonNode status) {
        final StringBuilder line = new StringBuilder();
        status.properties().forEach(member -> {
            if (member.getValue().isValueNode() && !member.getValue().isNull()) {
                line.append(line.isEmpty() ? "" : " ");
                line.append(member.getKey()).append('=').append(Text.of(member.getValue()));
            }
        });
        return line.toString();
    }
}
