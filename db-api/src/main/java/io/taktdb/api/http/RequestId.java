package io.taktdb.api.http;

import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.MDC;

/**
 * The name of one request in answers and logs: the client's {@code X-Request-Id} if it is a plain word, else one of our
 * own. It is in every answer to a request that brought one, in every error over HTTP, and in every line that is logged
 * for a request. Threading: the request's.
 */
final class RequestId {
    static final String HEADER = "x-request-id";

    /** Where the id is kept among the fields of the request: no field can have this name. */
    private static final String KEPT = "(request id)";

    /** Name of the id in the context of log lines. */
    private static final String LOGGED = "request";

    private static final int MAX_LENGTH = 64;
    private static final String START =
            Integer.toHexString(ThreadLocalRandom.current().nextInt() | Integer.MIN_VALUE) + '-';
    private static final AtomicLong COUNT = new AtomicLong();

    private RequestId() {}

    /** The id of a request; the same each time. */
    static String of(final RequestHead head) {
        final String kept = head.headers().get(KEPT);
        if (kept != null) {
            return kept;
        }
        final String sent = head.headers().get(HEADER);
        final String id = isWord(sent) ? sent : START + COUNT.incrementAndGet();
        head.headers().add(KEPT, id);
        return id;
    }

    /** The answer for an error; if that is a defect, it is logged with the id. */
    static Response problem(final RequestHead head, final Throwable error, final ByteBufAllocator allocator) {
        MDC.put(LOGGED, of(head));
        try {
            return Problem.of(error, allocator);
        } finally {
            MDC.remove(LOGGED);
        }
    }

    /** Says the id in the answers that must have it. */
    static void tell(final RequestHead head, final Response answer) {
        if (answer.status() >= 400 || head.headers().get(HEADER) != null) {
            answer.header(HEADER, of(head));
        }
    }

    private static boolean isWord(final String sent) {
        boolean isWord = sent != null && !sent.isEmpty() && sent.length() <= MAX_LENGTH;
        for (int i = 0; isWord && i < sent.length(); i++) {
            final char c = sent.charAt(i);
            isWord = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || "-_.:".indexOf(c) >= 0;
        }
        return isWord;
    }
}
