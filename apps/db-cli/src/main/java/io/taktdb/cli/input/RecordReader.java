package io.taktdb.cli.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.taktdb.cli.exit.CliFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads records out of a JSON array, a sequence of JSON values (NDJSON), or the values of one large object, in batches.
 *
 * <p>The input is streamed: memory holds one batch, whatever the size of the file. Numbers keep their digits. With
 * {@code splitValues} a value that is itself an array gives its elements. Threading: one thread.
 */
public final class RecordReader implements Records {
    /** A batch ends early when it has this many bytes, so that it stays under the server's limit for a body. */
    public static final int BATCH_BYTES = 1 << 20;

    private static final JsonFactory JSON = new JsonFactory();

    private final String name;
    private final long totalBytes;
    private final CountingInput input;
    private final JsonParser parser;
    private final boolean splitValues;
    private final int batchRecords;
    private boolean started;
    private boolean ended;
    private boolean inArray;
    private boolean inValueArray;
    private long position;

    private RecordReader(
            final String name,
            final InputStream in,
            final long totalBytes,
            final boolean splitValues,
            final int records)
            throws IOException {
        this.name = name;
        this.totalBytes = totalBytes;
        this.splitValues = splitValues;
        batchRecords = records;
        input = new CountingInput(in);
        parser = JSON.createParser(input);
    }

    /**
     * Opens a file, or standard input for {@code -}.
     *
     * @param batchRecords the most records of a batch
     */
    public static RecordReader open(
            final String file, final InputStream standardInput, final boolean splitValues, final int batchRecords) {
        try {
            if ("-".equals(file)) {
                return new RecordReader("standard input", standardInput, -1, splitValues, batchRecords);
            }
            final Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw CliFailure.localFile("file cannot be read: file=" + file + ", reason=it is a folder");
            }
            return new RecordReader(file, Files.newInputStream(path), Files.size(path), splitValues, batchRecords);
        } catch (final IOException e) {
            throw JsonArgument.unreadable(file, e);
        }
    }

    @Override
    public long bytes() {
        return input.count();
    }

    @Override
    public long totalBytes() {
        return totalBytes;
    }

    @Override
    public Batch next() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final long first = position;
        int records = 0;
        try (JsonGenerator batch = JSON.createGenerator(bytes)) {
            batch.writeStartArray();
            while (records < batchRecords && bytes.size() < BATCH_BYTES && nextRecord()) {
                copyValue(batch);
                batch.flush();
                records++;
            }
            batch.writeEndArray();
        } catch (final JsonProcessingException e) {
            throw CliFailure.localFile("not JSON: file=" + name + ", " + JsonArgument.fault(e));
        } catch (final IOException e) {
            throw JsonArgument.unreadable(name, e);
        }
        position += records;
        return records == 0 ? null : new Batch(bytes.toByteArray(), first, records);
    }

    /**
     * Moves to the first token of the next record.
     *
     * @return false at the end
     */
    private boolean nextRecord() throws IOException {
        if (ended) {
            return false;
        }
        JsonToken token = parser.nextToken();
        if (!started) {
            started = true;
            inArray = token == JsonToken.START_ARRAY && !splitValues;
            if (splitValues && token != JsonToken.START_OBJECT) {
                throw CliFailure.localFile("no object to split: file=" + name + ", begins with="
                        + (token == null ? "nothing" : token) + "; leave --split-values out");
            }
            token = inArray || splitValues ? parser.nextToken() : token;
        }
        if (splitValues) {
            ended = !toSplitRecord(token);
        } else {
            ended = token == null || (inArray && token == JsonToken.END_ARRAY);
        }
        if (ended && parser.nextToken() != null) {
            throw CliFailure.localFile("something follows the records: file=" + name + ", line="
                    + parser.currentTokenLocation().getLineNr() + "; remove it, or write one record a line");
        }
        return !ended;
    }

    /**
     * In an object whose values are the records, or arrays of them.
     *
     * @return false at the object's end
     */
    private boolean toSplitRecord(final JsonToken first) throws IOException {
        JsonToken token = first;
        while (inValueArray ? token == JsonToken.END_ARRAY : token != JsonToken.END_OBJECT) {
            if (inValueArray) {
                inValueArray = false;
            } else {
                inValueArray = parser.nextToken() == JsonToken.START_ARRAY; // the token was the member's name
                if (!inValueArray) {
                    return true;
                }
            }
            token = parser.nextToken();
        }
        return inValueArray;
    }

    private void copyValue(final JsonGenerator target) throws IOException {
        int depth = 0;
        do {
            final JsonToken token = parser.currentToken();
            if (token == null) {
                throw CliFailure.localFile("not JSON: file=" + name + ", reason=it breaks off within a record");
            }
            if (token.isNumeric()) {
                target.writeNumber(parser.getText()); // as text: a double would lose digits
            } else {
                target.copyCurrentEvent(parser);
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth > 0) {
                parser.nextToken();
            }
        } while (depth > 0);
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (final IOException e) {
            throw JsonArgument.unreadable(name, e);
        }
    }
}
