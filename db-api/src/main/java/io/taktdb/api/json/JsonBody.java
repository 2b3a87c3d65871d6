package io.taktdb.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;

/** From a request's body to a parser. Threading: none of its own. */
public final class JsonBody {
    private JsonBody() {}

    /**
     * A parser on the first token of the body; close it.
     *
     * @throws DbException INVALID_JSON the body is empty, not UTF-8, or does not begin like JSON
     */
    public static JsonParser open(final ByteBuf body) throws IOException {
        final JsonParser parser = body.hasArray()
                ? StrictJson.parser(body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes())
                : copy(body);
        try {
            first(parser);
            return parser;
        } catch (final DbException e) {
            parser.close();
            throw e;
        }
    }

    /**
     * The body as one value that can be read more than once, as long as the body is there.
     *
     * @throws DbException INVALID_JSON as {@link #open}
     */
    public static JsonSlice slice(final ByteBuf body) throws IOException {
        if (body.hasArray()) {
            return JsonSlice.whole(body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes());
        }
        final byte[] bytes = ByteBufUtil.getBytes(body);
        return JsonSlice.whole(bytes, 0, bytes.length);
    }

    /** Steps to the first token. */
    static JsonToken first(final JsonParser parser) {
        final JsonToken first = StrictJson.next(parser);
        if (first == null) {
            throw new DbException(ErrorCode.INVALID_JSON, "body is empty; send one JSON value");
        }
        return first;
    }

    private static JsonParser copy(final ByteBuf body) {
        final byte[] bytes = ByteBufUtil.getBytes(body);
        return StrictJson.parser(bytes, 0, bytes.length);
    }
}
