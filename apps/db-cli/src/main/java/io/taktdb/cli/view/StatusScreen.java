package io.taktdb.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
    private final Sparkline ticksPerSecond = new Sparkline();
    private int paintedLines;
    private long lastTick = -1;
    private long lastNs;

    public StatusScreen(final Console console, final String url) {
        this.console = console;
        this.url = url;
    }

    /** Shows the answer of {@code GET /v1/status}. */
    public void paint(final JsonNode status) {
        final double rate = measuredRate(status.path("tick").asLong(-1));
        if (!console.outLive()) {
            console.out().println(oneLine(status));
            return;
        }
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        final PrintStream lines = new PrintStream(text, false, StandardCharsets.UTF_8);
        lines.println("takt  " + url);
        lines.printf(
                "ticks/s seen from here  %s  %s%n%n", rate < 0 ? "…" : String.format("%.1f", rate), ticksPerSecond);
        new JsonView(new Console(InputStream.nullInputStream(), lines, lines, true, true)).print(status);
        repaint(text.toString(StandardCharsets.UTF_8).lines().toList());
    }

    /** Shows that the server did not answer this time. */
    public void paintFailure(final String line) {
        lastTick = -1;
        if (console.outLive()) {
            repaint(List.of("takt  " + url, "", line));
        } else {
            console.err().println(line);
        }
    }

    private void repaint(final List<String> lines) {
        final StringBuilder screen = new StringBuilder();
        if (paintedLines > 0) {
            screen.append("\u001b[").append(paintedLines).append("F"); // to the start of the first painted line
        }
        lines.forEach(line -> screen.append(line).append(ERASE_TO_END).append('\n'));
        console.out().print(screen.append(ERASE_BELOW));
        console.out().flush();
        paintedLines = lines.size();
    }

    /** Ticks per second between this status and the one before, or negative at first. */
    private double measuredRate(final long tick) {
        final long nowNs = System.nanoTime();
        final double rate = lastTick < 0 || tick < lastTick ? -1 : (tick - lastTick) * 1e9 / (nowNs - lastNs);
        lastTick = tick;
        lastNs = nowNs;
        if (rate >= 0) {
            ticksPerSecond.add(rate);
        }
        return rate;
    }

    private static String oneLine(final JsonNode status) {
        final StringBuilder line = new StringBuilder();
        status.properties().forEach(member -> {
            if (member.getValue().isValueNode()) {
                line.append(line.isEmpty() ? "" : " ")
                        .append(member.getKey())
                        .append('=')
                        .append(Text.of(member.getValue()));
            }
        });
        return line.toString();
    }
}
