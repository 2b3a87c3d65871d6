package io.taktdb.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** One record with one field: all of a JSON file. Threading: one thread. */
public final class WholeFile implements Records {
    private final String file;
    private final InputStream standardInput;
    private final String field;
    private long bytes;

    /** @param file {@code -} for standard input */
    public WholeFile(final String file, final InputStream standardInput, final String field) {
        this.file = file;
        this.standardInput = standardInput;
        this.field = field;
    }

    @Override
    public Batch next() {
        if (bytes > 0) {
            return null;
        }
        try {
            final byte[] read = "-".equals(file) ? standardInput.readAllBytes() : Files.readAllBytes(Path.of(file));
            bytes = Math.max(1, read.length);
            final JsonNode value = Answer.JSON.readTree(read);
            final ArrayNode records = Answer.JSON.createArrayNode();
            records.addObject().set(field, value);
            return new Batch(Answer.JSON.writeValueAsBytes(records), 0, 1);
        } catch (final JsonProcessingException e) {
            throw CliFailure.localFile("not JSON: file=" + file + ", " + JsonArgument.fault(e));
        } catch (final IOException e) {
            throw JsonArgument.unreadable(file, e);
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public long totalBytes() {
        return bytes;
    }

    @Override
    public void close() {
        // nothing stays open
    }
}
