package io.taktdb.bench.kill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Writes one token after the other through one door until the server is gone, and tells the oracle before and after.
 *
 * <p>Threading: its own thread.
 */
final class Writer implements Runnable {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Oracle oracle;
    private final Door door;
    private final String url;
    private final String name;
    private final CountDownLatch first = new CountDownLatch(1);

    /** @param name begins all tokens; nobody else may use it */
    Writer(final Oracle oracle, final Door door, final String url, final String name) {
        this.oracle = oracle;
        this.door = door;
        this.url = url;
        this.name = name;
    }

    @Override
    public void run() {
        try {
            for (int i = 0; ; i++) {
                final String token = name + '-' + i;
                oracle.sending(token);
                final HttpRequest request = HttpRequest.newBuilder(URI.create(url + door.path()))
                        .header("Content-Type", "application/json")
                        .timeout(Duration.ofSeconds(60))
                        .POST(HttpRequest.BodyPublishers.ofString(door.body(token)))
                        .build();
                final HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (door.isAcknowledged(answer.statusCode(), answer.body())) {
                    oracle.acknowledged(token);
                } else {
                    oracle.refused(door + ": " + answer.statusCode() + ' ' + answer.body());
                }
                first.countDown();
            }
        } catch (final IOException e) {
            first.countDown(); // the server is gone, as it should be
        } catch (final InterruptedException e) {
            first.countDown();
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the first answer, or for the end. */
    void awaitFirst() throws InterruptedException {
        first.await();
    }
}
