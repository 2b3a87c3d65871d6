package io.taktdb.api.http;

import com.fasterxml.jackson.core.JsonParser;
import io.netty.buffer.ByteBuf;
import io.taktdb.api.json.JsonBody;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;
import java.util.Set;

/**
 * Finds out whether a body that does not fit is JSON at all: readers stop at the first fault, and what follows may be
 * broken. Threading: none of its own.
 */
final class BrokenBody {
    private static final Set<ErrorCode> FAULTS = Set.of(
            ErrorCode.INVALID_SCHEMA,
            ErrorCode.INVALID_NAME,
            ErrorCode.SCHEMA_MISMATCH,
            ErrorCode.ALREADY_EXISTS,
            ErrorCode.TYPE_NOT_FOUND);

    private BrokenBody() {}

    /** INVALID_JSON if the body is none, else what was thrown. */
    static Throwable orElse(final Throwable thrown, final RouteMatch match, final ByteBuf body) {
        final boolean isFault = thrown instanceof DbException error && FAULTS.contains(error.code());
        if (!isFault || match == null || !match.route().body().mediaTypes().contains("application/json")) {
            return thrown;
        }
        try (JsonParser parser = JsonBody.open(body)) {
            parser.skipChildren();
            StrictJson.requireEnd(parser);
        } catch (final DbException e) {
            return e.code() == ErrorCode.INVALID_JSON ? e : thrown;
        } catch (final IOException e) {
            return StrictJson.translate(e);
        }
        return thrown;
    }
}
