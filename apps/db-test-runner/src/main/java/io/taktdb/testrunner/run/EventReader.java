package io.taktdb.testrunner.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads the first events of a stream of server-sent events. Threading: reads on a thread of its own. */
final class EventReader {
    private static final long WAIT_SECONDS = 30;

    /** What happens once the first event has come. */
    @FunctionalInterface
    interface Then {
        void run() throws StepFailure, IOException;
    }

    private EventReader() {}

    /**
     * So many events, each {@code {event, id, data}}.
     *
     * @throws StepFailure they do not come in time, or the server answers something else
     */
    static ArrayNode read(final HttpRequest request, final int count, final Then then) throws StepFailure, IOException {
        final ArrayNode events = HttpCall.JSON.createArrayNode();
        final BlockingQueue<ObjectNode> came = new LinkedBlockingQueue<>();
        try {
            final HttpResponse<InputStream> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new StepFailure("no stream: status=" + response.statusCode() + ", body="
                            + new String(body.readAllBytes(), StandardCharsets.UTF_8));
                }
                final Thread reader = new Thread(() -> readInto(came, body), "plan-stream");
                reader.setDaemon(true);
                reader.start();
                while (events.size() < count) {
                    final ObjectNode event = came.poll(WAIT_SECONDS, TimeUnit.SECONDS);
                    if (event == null || !event.has("data")) {
                        throw new StepFailure("events do not come: wanted=" + count + ", came=" + events
                                + (event == null ? ", waited=" + WAIT_SECONDS + " s" : "; the stream ended"));
                    }
                    events.add(event);
                    if (events.size() == 1) {
                        then.run();
                    }
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while events were read", e);
        }
        return events;
    }

    /** Hands each event over; one without data is the end. */
    private static void readInto(final BlockingQueue<ObjectNode> came, final InputStream body) {
        ObjectNode event = HttpCall.JSON.createObjectNode();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && event.has("data")) {
                    came.add(event);
                    event = HttpCall.JSON.createObjectNode();
                } else if (line.startsWith("data: ")) {
                    event.set("data", HttpCall.JSON.readTree(line.substring("data: ".length())));
                } else if (line.startsWith("event: ")) {
                    event.put("event", line.substring("event: ".length()));
                } else if (line.startsWith("id: ")) {
                    event.put("id", line.substring("id: ".length()));
                }
            }
        } catch (final IOException e) {
            event.put("lost", e.toString()); // the plan has what it wanted, or hears of the end
        }
        event.remove("data");
        came.add(event);
    }
}
