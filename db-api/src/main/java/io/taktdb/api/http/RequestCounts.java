package io.taktdb.api.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many requests were answered, by route and status, and how many bytes came and went.
 *
 * <p>Bounded: there are no more lines than routes times statuses. Threading: any; event loops count, anyone reads.
 */
public final class RequestCounts {
    private static final Route NONE =
            new Route("", "/none", Role.PUBLIC, BodyRule.NONE, MediaType.JSON, false, exchange -> {});

    private final Map<Line, LongAdder> answers = new ConcurrentHashMap<>();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();

    /**
     * What is counted apart.
     *
     * @param method empty when a request met no route
     * @param pattern of the route
     */
    public record Line(String method, String pattern, int status) {}

    /** Counts an answer. */
    public void answered(final Exchange exchange) {
        final Route route = exchange.matched() == null ? NONE : exchange.matched();
        final Response response = exchange.response();
        final Line line = new Line(route.method(), route.pattern(), response.status());
        LongAdder count = answers.get(line);
        if (count == null) {
            count = answers.computeIfAbsent(line, absent -> new LongAdder());
        }
        count.increment();
        if (response.file() != null) {
            sent.add(response.file().length());
        } else if (response.content() != null) {
            sent.add(response.content().readableBytes());
        }
    }

    /** Counts bytes that arrived. */
    public void received(final int bytes) {
        received.add(bytes);
    }

    /** Answers so far. */
    public Map<Line, LongAdder> answers() {
        return Map.copyOf(answers);
    }

    /** Bytes that arrived so far. */
    public long receivedBytes() {
        return received.sum();
    }

    /** Bytes of content that were answered so far, before compression, without what streams send. */
    public long sentBytes() {
        return sent.sum();
    }
}
