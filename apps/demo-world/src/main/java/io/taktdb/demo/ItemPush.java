package io.taktdb.demo;

import io.taktdb.core.state.Lease;
import io.taktdb.demo.data.SampleData;
import io.taktdb.server.TaktServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * The items of the sample data, pushed through the front door exactly as they are: the collection's columns follow from
 * them. Threading: one thread.
 */
final class ItemPush {
    private static final String COLLECTION = "item";
    private static final int CREATED = 201;

    private final TaktServer server;

    ItemPush(final TaktServer server) {
        this.server = server;
    }

    /**
     * Pushes all items, unless the world has the collection already, or only who has a token may.
     *
     * @throws IllegalStateException the server did not take them
     */
    void pushIntoNewWorld() throws IOException, InterruptedException {
        if (server.needsTokens() || server.url().startsWith("https:")) {
            return; // the demo has no token of its own, and trusts no certificate of yours
        }
        try (Lease lease = server.db().lease()) {
            if (lease.state().schema().table(COLLECTION) != null) {
                return;
            }
        }
        final HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/v1/push/" + COLLECTION))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(SampleData.items()))
                .build();
        final HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != CREATED) {
            throw new IllegalStateException(
                    "the server did not take the sample items: status=" + answer.statusCode() + ", " + answer.body());
        }
    }
}
