package io.taktdb.api.http;

import com.fasterxml.jackson.core.exc.StreamReadException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.taktdb.api.json.ErrorWriter;
import io.taktdb.api.json.JsonOutput;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From anything thrown to the one form of errors, RFC 9457. Threading: none of its own. */
public final class Problem {
    /** Attribute of METHOD_NOT_ALLOWED: the list of methods that are. */
    public static final String ALLOW = "allow";

    /** Seconds after which a client should try again when the server is too busy. */
    private static final String RETRY_AFTER_SECONDS = "1";

    private static final Logger LOG = LoggerFactory.getLogger(Problem.class);

    private Problem() {}

    /** The answer for an error. */
    public static Response of(final Throwable thrown, final ByteBufAllocator allocator) {
        final DbException error = asDbException(thrown);
        final ByteBuf content = Response.newContent(allocator);
        try (JsonOutput output = JsonOutput.to(content)) {
            ErrorWriter.write(output.generator(), error);
        } catch (final IOException e) {
            content.release();
            throw new UncheckedIOException(e);
        }
        final int status = error.code().status();
        final Response response = Response.of(status).content(MediaType.PROBLEM, content);
        if (status == 503 || status == 429) {
            response.header(
                    "retry-after", String.valueOf(error.attributes().getOrDefault("retryAfter", RETRY_AFTER_SECONDS)));
        }
        if (error.code() == ErrorCode.UPGRADE_REQUIRED) {
            response.header("upgrade", "websocket").header("sec-websocket-version", "13");
        }
        if (status == 401) {
            final boolean hasToken = !"none".equals(error.attributes().get(Caller.TOKEN));
            response.header(
                    "www-authenticate", "Bearer realm=\"taktdb\"" + (hasToken ? ", error=\"invalid_token\"" : ""));
        }
        if (error.attributes().get(ALLOW) instanceof List<?> allowed) {
            response.header(
                    "allow",
                    String.join(", ", allowed.stream().map(String::valueOf).toList()));
        }
        return response;
    }

    /** The error itself; a defect is logged under an id, and only the id is told. */
    public static DbException asDbException(final Throwable thrown) {
        if (thrown instanceof DbException error && error.code() != ErrorCode.INTERNAL) {
            return error;
        }
        if (thrown instanceof StreamReadException bad) {
            return StrictJson.translate(bad);
        }
        final String incident = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
        LOG.error("request failed: incident={}", incident, thrown);
        return new DbException(
                        ErrorCode.INTERNAL,
                        "request failed: incident=" + incident + "; the server's log has the cause under this id")
                .with("incident", incident);
    }
}
