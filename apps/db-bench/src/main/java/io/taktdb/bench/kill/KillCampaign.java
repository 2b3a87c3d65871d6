package io.taktdb.bench.kill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts a server, writes through all doors, kills it, and compares at the next start.
 *
 * <p>Threading: one thread, beside its writers.
 */
public final class KillCampaign {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");
    private static final int PAGE = 1_000;

    private final Path home;
    private final Path data;
    private final Path log;
    private final int writersPerDoor;
    private final int mostMs;
    private final Random random;
    private final Oracle oracle = new Oracle();
    private final List<Long> readyNs = new ArrayList<>();
    private final List<Writer.Sent> toRepeat = new ArrayList<>();
    private long repeated;
    private long answeredAnew;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /**
     * @param home the project's folder
     * @param work an empty folder for the server's data and its log
     * @param mostMs how long it is written to at most, after the first acknowledgement
     */
    public KillCampaign(final Path home, final Path work, final int writersPerDoor, final int mostMs, final long seed) {
        this.home = home;
        this.data = work.resolve("data");
        this.log = work.resolve("server.log");
        this.writersPerDoor = writersPerDoor;
        this.mostMs = mostMs;
        this.random = new Random(seed);
    }

    /**
     * One life of the server: compares, writes, kills.
     *
     * @param isLast whether it is only compared, and stopped
     */
    public void cycle(final int number, final boolean isLast) throws IOException, InterruptedException {
        try (ServerProcess server =
                ServerProcess.start(home, data, log, List.of("--snapshot-interval", "2s", "--tick-rate", "60"))) {
            readyNs.add(server.readyNs());
            if (number == 0) {
                post(
                        server.url() + "/v1/tables",
                        "{\"name\":\"ledger\",\"fields\":[{\"name\":\"token\",\"type\":" + "\"string\"}]}");
                post(server.url() + "/v1/push/pushed", "{\"token\":\"start\"}");
                oracle.sending("start");
                oracle.acknowledged("start");
            }
            oracle.check(tokens(server.url()), number);
            repeat(server);
            oracle.check(tokens(server.url()), number);
            if (!isLast) {
                writeAndKill(server, number);
            }
            server.kill();
        }
    }

    private void writeAndKill(final ServerProcess server, final int number) throws InterruptedException {
        final List<Thread> threads = new ArrayList<>();
        final List<Writer> writers = new ArrayList<>();
        for (final Door door : Door.values()) {
            for (int i = 0; i < writersPerDoor; i++) {
                final Writer writer =
                        new Writer(oracle, door, server.url(), "c" + number + '-' + door.name() + '-' + i);
                writers.add(writer);
                threads.add(new Thread(writer, "writer-" + door + '-' + i));
            }
        }
        threads.forEach(Thread::start);
        for (final Writer writer : writers) {
            writer.awaitFirst();
        }
        final long untilNs = System.nanoTime() + random.nextInt(mostMs) * 1_000_000L;
        while (System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(untilNs - System.nanoTime());
        }
        server.kill();
        for (final Thread thread : threads) {
            thread.join();
        }
        toRepeat.clear();
        writers.forEach(writer -> toRepeat.addAll(writer.toRepeat()));
    }

    /** Sends again, twice, what the server before was asked for last: it must be there once, with the same answer. */
    private void repeat(final ServerProcess server) throws IOException, InterruptedException {
        for (final Writer.Sent sent : toRepeat) {
            String before = sent.answer();
            for (int i = 0; i < 2; i++) {
                final HttpResponse<String> answer =
                        client.send(sent.door().request(server.url(), sent.token()), BodyHandlers.ofString());
                repeated++;
                if (!sent.door().isAcknowledged(answer.statusCode(), answer.body())) {
                    oracle.refused("repeated " + sent + ": " + answer.statusCode() + ' ' + answer.body());
                } else {
                    oracle.acknowledged(sent.token());
                    answeredAnew += before == null || before.equals(answer.body()) ? 0 : 1;
                    before = answer.body();
                }
            }
        }
        toRepeat.clear();
    }

    private void post(final String url, final String body) throws IOException, InterruptedException {
        final HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        final HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    "server refuses: url=" + url + ", status=" + answer.statusCode() + ", body=" + answer.body());
        }
    }

    /** All tokens that the server shows, and how often. */
    private Map<String, Integer> tokens(final String url) throws IOException, InterruptedException {
        final Map<String, Integer> found = new HashMap<>();
        for (final String table : List.of("ledger", "pushed")) {
            String after = "";
            while (after != null) {
                after = page(url + "/v1/tables/" + table + "/records?limit=" + PAGE + after, found);
            }
        }
        return found;
    }

    private String page(final String url, final Map<String, Integer> found) throws IOException, InterruptedException {
        final HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("server refuses: url=" + url + ", status=" + answer.statusCode());
        }
        final Matcher token = TOKEN.matcher(answer.body());
        int count = 0;
        while (token.find()) {
            found.merge(token.group(1), 1, Integer::sum);
            count++;
        }
        if (count < PAGE) {
            return null;
        }
        final Matcher id = ID.matcher(answer.body());
        String last = "";
        while (id.find()) {
            last = id.group(1);
        }
        return "&after=" + last;
    }

    /** Writes that were acknowledged and are not there. */
    public long lost() {
        return oracle.lost();
    }

    /** Writes that are there and that nobody sent. */
    public long invented() {
        return oracle.invented();
    }

    /** Writes that are there more than once. */
    public long doubled() {
        return oracle.doubled();
    }

    /** Writes that were sent again under their keys. */
    public long repeated() {
        return repeated;
    }

    /** Repeated writes whose answer was another than the first one. */
    public long answeredAnew() {
        return answeredAnew;
    }

    /** Writes that were acknowledged. */
    public int acknowledged() {
        return oracle.acknowledgedCount();
    }

    /** Writes that were sent. */
    public int sent() {
        return oracle.sentCount();
    }

    /** Writes that a living server refused. */
    public long refusals() {
        return oracle.refusals();
    }

    /** What was wrong, in words. */
    public List<String> shown() {
        return oracle.shown();
    }

    /** Times from the start of a process until it served, in milliseconds, sorted. */
    public List<Long> readyMs() {
        return readyNs.stream().map(ns -> ns / 1_000_000).sorted().toList();
    }
}
