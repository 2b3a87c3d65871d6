package io.taktdb.api.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a retry safe: a write with a key that was done before is not done again, but answered as it was then.
 *
 * <p>A key belongs to the first request that brings it: another method, path, query or body under it is CONFLICT, and
 * so is the same one while the first is under way. Only what was done is kept; a refused request has changed nothing
 * and may be tried again. The oldest answers go when there are too many; an answer that is too large to keep is
 * replaced by CONFLICT, so that the write is still not done twice. The engine gets the keys with the commands and keeps
 * their answers through a restart, see {@link io.taktdb.runtime.command.KeyWindow}: then the answer is written anew.
 *
 * <p>Threading: any; the lock is held for a look-up only, never by the tick thread.
 */
public final class IdempotencyKeys {
    /** The header that brings a key. */
    public static final String HEADER = "idempotency-key";

    /** The header of an answer that was given before. */
    static final String REPLAYED = "idempotency-replayed";

    private static final int MAX_KEY_LENGTH = 255;
    private static final int ENTRY_BYTES = 512;

    private final int maxKeys;
    private final long maxBytes;
    private final int maxAnswerBytes;
    private final Map<String, byte[]> underWay = new HashMap<>();
    private final LinkedHashMap<String, Done> done = new LinkedHashMap<>();
    private long bytes;

    /** A request that was done. */
    private record Done(byte[] print, int status, List<String> headers, String type, byte[] content, long[] state) {
        int bytes() {
            return ENTRY_BYTES + (content == null ? 0 : content.length);
        }
    }

    /** With the limits of a server. */
    public IdempotencyKeys(final HttpLimits limits) {
        maxKeys = limits.idempotencyKeys();
        maxBytes = limits.idempotencyBytes();
        maxAnswerBytes = (int) Math.min(Integer.MAX_VALUE, maxBytes / 4);
    }

    /** The handler behind this check. */
    public Handler guard(final Handler handler) {
        return exchange -> {
            if (exchange.header(HEADER) == null) {
                handler.handle(exchange);
            } else {
                guarded(exchange, handler);
            }
        };
    }

    private void guarded(final Exchange exchange, final Handler handler) throws IOException {
        final String key = exchange.caller().name() + '\n' + requireKey(exchange.header(HEADER));
        final byte[] print = fingerprint(exchange);
        final Done before = begin(key, print);
        if (before == null) {
            final RepeatKey repeat = new RepeatKey(digest().digest(key.getBytes(StandardCharsets.UTF_8)), print);
            exchange.commands(repeat.over(exchange.commands()));
            exchange.onAnswer(answer -> {
                end(key, answer);
                repeat.note(answer);
            });
            handler.handle(exchange);
        } else {
            exchange.respond(replay(exchange, before));
        }
    }

    private static String requireKey(final String key) {
        boolean isValid = !key.isEmpty() && key.length() <= MAX_KEY_LENGTH;
        for (int i = 0; i < key.length() && isValid; i++) {
            isValid = key.charAt(i) > ' ' && key.charAt(i) <= '~';
        }
        if (!isValid) {
            throw new DbException(
                            ErrorCode.INVALID_REQUEST,
                            "not an idempotency key: length=" + key.length() + "; send 1 to " + MAX_KEY_LENGTH
                                    + " visible ASCII characters")
                    .with("header", HEADER);
        }
        return key;
    }

    private static byte[] fingerprint(final Exchange exchange) {
        final RequestHead head = exchange.head();
        final MessageDigest digest = digest();
        final String target = head.method() + ' ' + head.path() + '?' + head.query() + '\n';
        digest.update(target.getBytes(StandardCharsets.UTF_8));
        for (final ByteBuffer part : exchange.body().nioBuffers()) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The request under the key, if it was done; else the key is taken. */
    private synchronized Done begin(final String key, final byte[] print) {
        final Done before = done.get(key);
        final byte[] current = underWay.get(key);
        final byte[] owner = before != null ? before.print() : current;
        if (owner != null && !Arrays.equals(owner, print)) {
            throw conflict("key belongs to another request; choose a new key for every new request");
        }
        if (current != null) {
            throw conflict("a request with this key is under way; ask again later");
        }
        if (before == null) {
            if (underWay.size() >= maxKeys) {
                throw new DbException(
                        ErrorCode.OVERLOADED,
                        "too many requests with keys are under way: limit=" + maxKeys + "; try again later");
            }
            underWay.put(key, print);
        }
        return before;
    }

    private static DbException conflict(final String detail) {
        return new DbException(ErrorCode.CONFLICT, "idempotency " + detail).with("header", HEADER);
    }

    private synchronized void end(final String key, final Response answer) {
        final byte[] print = underWay.remove(key);
        if (print == null || !answer.isDone()) {
            return;
        }
        final ByteBuf content = answer.content();
        final boolean fits = content == null || content.readableBytes() <= maxAnswerBytes;
        final Done entry = new Done(
                print,
                fits && answer.file() == null ? answer.status() : 0,
                List.copyOf(answer.headers()),
                answer.contentType(),
                fits && content != null ? ByteBufUtil.getBytes(content) : null,
                new long[] {answer.tick(), answer.commit()});
        done.put(key, entry);
        bytes += entry.bytes();
        final Iterator<Done> oldest = done.values().iterator();
        while (done.size() > maxKeys || bytes > maxBytes) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }

    private static Response replay(final Exchange exchange, final Done before) {
        if (before.status() == 0) {
            throw conflict("key: the request was done, but its answer is too large to be repeated; read what it wrote");
        }
        final Response answer = Response.of(before.status()).header(REPLAYED, "true");
        if (before.content() != null) {
            answer.content(before.type(), exchange.newContent().writeBytes(before.content()));
        }
        for (int i = 0; i < before.headers().size(); i += 2) {
            answer.header(before.headers().get(i), before.headers().get(i + 1));
        }
        return answer.state(before.state()[0], before.state()[1]);
    }

    /** How many keys are remembered. */
    public synchronized int keys() {
        return done.size() + underWay.size();
    }

    /** About how many bytes the answers take. */
    public synchronized long bytes() {
        return bytes;
    }
}
