package io.taktdb.bench.kill;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
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
    private volatile String unanswered;
    private volatile Sent acknowledged;

    /**
     * A write with its key, which is the token.
     *
     * @param answer that came, or null
     */
    record Sent(Door door, String token, String answer) {}

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
                unanswered = token;
                final HttpResponse<String> answer = client.send(door.request(url, token), BodyHandlers.ofString());
                unanswered = null;
                if (door.isAcknowledged(answer.statusCode(), answer.body())) {
                    oracle.acknowledged(token);
                    acknowledged = new Sent(door, token, answer.body());
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

    /** The writes to be sent again, under the same keys: that which got no answer, and the last one that did. */
    List<Sent> toRepeat() {
        final List<Sent> sent = new ArrayList<>();
        if (unanswered != null) {
            sent.add(new Sent(door, unanswered, null));
        }
        if (acknowledged != null) {
            sent.add(acknowledged);
        }
        return sent;
    }

    /** Waits for the first answer, or for the end. */
    void awaitFirst() throws InterruptedException {
        first.await();
    }
}
