package io.taktdb.api.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.taktdb.api.http.Exchange;
import io.taktdb.api.json.JsonBody;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * What a restore is to be made of: the bytes of a SQLite file, or {@code {"snapshot": "42"}}.
 *
 * <p>Threading: made on the event loop, used and closed by a worker.
 */
final class RestoreBody implements AutoCloseable {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final String snapshot;
    private final ByteBuf sqlite;

    private RestoreBody(final String snapshot, final ByteBuf sqlite) {
        this.snapshot = snapshot;
        this.sqlite = sqlite;
    }

    /**
     * The body of a request.
     *
     * @throws DbException INVALID_REQUEST or INVALID_JSON
     */
    static RestoreBody of(final Exchange exchange) throws IOException {
        final ByteBuf body = exchange.body();
        final String type = exchange.header("content-type");
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return new RestoreBody(snapshotId(body), Unpooled.EMPTY_BUFFER);
        }
        if (!startsLikeSqlite(body)) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST,
                    "body is no SQLite file: bytes=" + body.readableBytes()
                            + "; send one, or {\"snapshot\":\"<id>\"} as application/json");
        }
        return new RestoreBody(null, body.retain());
    }

    private static boolean startsLikeSqlite(final ByteBuf body) {
        boolean same = body.readableBytes() > MAGIC.length;
        for (int i = 0; same && i < MAGIC.length; i++) {
            same = body.getByte(body.readerIndex() + i) == MAGIC[i];
        }
        return same;
    }

    private static String snapshotId(final ByteBuf body) throws IOException {
        try (JsonParser json = JsonBody.open(body)) {
            String id = null;
            if (json.currentToken() == JsonToken.START_OBJECT
                    && StrictJson.next(json) == JsonToken.FIELD_NAME
                    && "snapshot".equals(json.currentName())) {
                final JsonToken value = StrictJson.next(json);
                if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
                    id = json.getText();
                }
            }
            if (id == null || StrictJson.next(json) != JsonToken.END_OBJECT) {
                throw new DbException(
                        ErrorCode.INVALID_REQUEST,
                        "body names no snapshot; send {\"snapshot\":\"<id>\"}, or a SQLite file as"
                                + " application/vnd.sqlite3");
            }
            StrictJson.requireEnd(json);
            return id;
        }
    }

    /** Restores; blocks. */
    WorldFiles.Restored restore(final WorldFiles files) throws IOException {
        if (snapshot != null) {
            return files.restore(snapshot);
        }
        final Path file = Files.createTempFile("takt-restore-", ".db");
        try {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                while (sqlite.isReadable()) {
                    sqlite.readBytes(channel, sqlite.readableBytes());
                }
            }
            return files.restore(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Writes the answer. */
    static void write(final JsonGenerator json, final WorldFiles.Restored done) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", done.source());
        json.writeNumberField("tables", done.tables());
        json.writeNumberField("rows", done.rows());
        json.writeStringField("snapshot", done.snapshot());
        json.writeArrayFieldStart("notes");
        for (final String note : done.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Lets the bytes go; again is an error. */
    @Override
    public void close() {
        sqlite.release();
    }
}
