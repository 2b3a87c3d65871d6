package io.taktdb.bench.server;

import io.taktdb.bench.load.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * One kind of request and how it is sent.
 *
 * @param ours what our server is asked
 * @param floor what the bare server is asked
 * @param window requests under way on each connection
 */
record CallCase(String name, Requests ours, Requests floor, int connections, int window) {
    /** Accounts of the served world. */
    static final int ACCOUNTS = 100_000;

    private static final int CLIENTS = 64;
    private static final int PIPELINED = 16;

    /** All cases, in the order in which they are run. */
    static List<CallCase> all() {
        final IntFunction<String> setting = i -> "{\"jsonrpc\":\"2.0\",\"method\":\"bank.set\"," + "\"params\":{\"id\":"
                + id(i) + ",\"balance\":" + i + "},\"id\":" + i + '}';
        final Requests floor = Requests.http("POST", i -> "/rpc", setting);
        final Requests tick = Requests.http("POST", i -> "/rpc?ack=tick", setting);
        final Requests durable = Requests.http("POST", i -> "/rpc", setting);
        final Requests read = Requests.http("GET", CallCase::record, i -> null);
        final Requests floorRead = Requests.http("GET", CallCase::record, i -> null);
        final Requests write =
                Requests.http("PUT", i -> record(i) + "?ack=tick", i -> "{\"balance\":" + i + ",\"name\":\"p\"}");
        final Requests push = Requests.http(
                "POST",
                i -> "/v1/push/event?ack=tick",
                i -> "{\"player\":" + i + ",\"kind\":\"hit\",\"amount\":1.5,\"critical\":false}");
        final List<CallCase> cases = new ArrayList<>();
        cases.add(new CallCase("rpc.write.seq", tick, floor, CLIENTS, 1));
        cases.add(new CallCase("rpc.write.pipelined", tick, floor, CLIENTS, PIPELINED));
        cases.add(new CallCase("rpc.write.durable.seq", durable, floor, CLIENTS, 1));
        cases.add(new CallCase("rpc.write.durable.pipelined", durable, floor, CLIENTS, PIPELINED));
        cases.add(new CallCase("rest.read.seq", read, floorRead, CLIENTS, 1));
        cases.add(new CallCase("rest.read.pipelined", read, floorRead, CLIENTS, PIPELINED));
        cases.add(new CallCase("rest.write.seq", write, floor, CLIENTS, 1));
        cases.add(new CallCase("rest.write.pipelined", write, floor, CLIENTS, PIPELINED));
        cases.add(new CallCase("push.seq", push, floor, CLIENTS, 1));
        cases.add(new CallCase("push.pipelined", push, floor, CLIENTS, PIPELINED));
        for (final int window : new int[] {1, 64, 256}) {
            cases.add(socket("ws.window" + window, setting, 1, window));
        }
        for (final int window : new int[] {1, 64, 256}) {
            cases.add(socket("ws64.window" + window, setting, CLIENTS, window));
        }
        return cases;
    }

    private static CallCase socket(
            final String name, final IntFunction<String> text, final int connections, final int window) {
        return new CallCase(
                name, Requests.socket("/ws?ack=tick", text), Requests.socket("/ws", text), connections, window);
    }

    private static String record(final int i) {
        return "/v1/tables/account/records/" + id(i);
    }

    /** Spread over the whole table: 7,919 is a prime that does not divide its size. */
    private static long id(final int i) {
        return 1 + (long) i * 7_919 % ACCOUNTS;
    }
}
