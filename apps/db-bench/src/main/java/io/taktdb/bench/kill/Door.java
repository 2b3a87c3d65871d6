package io.taktdb.bench.kill;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/** A way of writing one record with a token. */
enum Door {
    REST("/v1/tables/ledger/records?ack=durable", "{\"token\":\"%s\"}"),
    RPC(
            "/rpc?ack=durable",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"table.insert\",\"params\":{\"table\":\"ledger\",\"record\":"
                    + "{\"token\":\"%s\"}}}"),
    PUSH("/v1/push/pushed?ack=durable", "{\"token\":\"%s\"}");

    private final String path;
    private final String body;

    Door(final String path, final String body) {
        this.path = path;
        this.body = body;
    }

    /** The request that writes a token under a key, which is the token. */
    HttpRequest request(final String url, final String token) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", token)
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(String.format(body, token)))
                .build();
    }

    /** Whether an answer acknowledges the write. */
    boolean isAcknowledged(final int status, final String answer) {
        return this == RPC ? status == 200 && answer.contains("\"result\"") : status == 201;
    }
}
