package io.taktdb.bench.kill;

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

    String path() {
        return path;
    }

    String body(final String token) {
        return String.format(body, token);
    }

    /** Whether an answer acknowledges the write. */
    boolean isAcknowledged(final int status, final String answer) {
        return this == RPC ? status == 200 && answer.contains("\"result\"") : status == 201;
    }
}
