package io.taktdb.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads records out of a CSV file whose first line names the fields.
 *
 * <p>A value becomes JSON by the type of its field, if that is known; else it is a number if it reads as one that JSON
 * keeps as it stands, {@code true} or {@code false}, or a text. What is empty is left out. Threading: one thread.
 */
public final class CsvReader implements Records {
    private static final String CANONICAL_NUMBER = "0|-?[1-9][0-9]{0,17}|-?(0|[1-9][0-9]{0,6})\\.[0-9]{0,7}[1-9]";

    private final String name;
    private final long totalBytes;
    private final CountingInput input;
    private final CsvLines lines;
    private final Map<String, String> types;
    private final int batchRecords;
    private final List<String> header;
    private long position;

    private CsvReader(
            final String name,
            final InputStream in,
            final long totalBytes,
            final char separator,
            final Map<String, String> types,
            final int batchRecords,
            final UnaryOperator<String> naming)
            throws IOException {
        this.name = name;
        this.totalBytes = totalBytes;
        this.types = types;
        this.batchRecords = batchRecords;
        input = new CountingInput(in);
        lines = new CsvLines(
                new BufferedReader(new InputStreamReader(
                        input,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT))),
                separator);
        final List<String> names = lines.next();
        if (names == null || names.contains(null) || new HashSet<>(names).size() < names.size()) {
            throw CliFailure.localFile("first line does not name every field once: file=" + name + ", names=" + names
                    + "; give each column a name of its own");
        }
        header = names.stream().map(naming).toList();
    }

    /**
     * Opens a file, or standard input for {@code -}.
     *
     * @param separator between values
     * @param types types of fields by name, as far as they are known
     * @param naming gives a column of the file its field's name
     */
    public static CsvReader open(
            final String file,
            final InputStream standardInput,
            final char separator,
            final Map<String, String> types,
            final int batch,
            final UnaryOperator<String> naming) {
        try {
            if ("-".equals(file)) {
                return new CsvReader("standard input", standardInput, -1, separator, types, batch, naming);
            }
            final Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw CliFailure.localFile("file cannot be read: file=" + file + ", reason=it is a folder");
            }
            return new CsvReader(file, Files.newInputStream(path), Files.size(path), separator, types, batch, naming);
        } catch (final IOException e) {
            throw unreadable(file, e);
        }
    }

    private static CliFailure unreadable(final String file, final IOException cause) {
        return cause instanceof CharacterCodingException
                ? CliFailure.localFile("file is no UTF-8: file=" + file + "; convert it first")
                : JsonArgument.unreadable(file, cause);
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
        try {
            while (records < batchRecords && bytes.size() < RecordReader.BATCH_BYTES) {
                final List<String> fields = lines.next();
                if (fields == null) {
                    break;
                }
                bytes.write(records == 0 ? '[' : ',');
                bytes.write(Answer.JSON.writeValueAsBytes(record(fields)));
                records++;
            }
        } catch (final IOException e) {
            throw unreadable(name, e);
        }
        position += records;
        if (records == 0) {
            return null;
        }
        bytes.write(']');
        return new Batch(bytes.toByteArray(), first, records);
    }

    private ObjectNode record(final List<String> fields) {
        if (fields.size() != header.size()) {
            throw CliFailure.localFile("record has another number of fields than the first line: file=" + name
                    + ", line=" + lines.line() + ", fields=" + fields.size() + ", names=" + header.size());
        }
        final ObjectNode record = Answer.JSON.createObjectNode();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i) != null) {
                record.set(header.get(i), value(header.get(i), fields.get(i)));
            }
        }
        return record;
    }

    private JsonNode value(final String field, final String text) {
        final String type = types.get(field);
        if (type == null) {
            final boolean isJson = text.matches(CANONICAL_NUMBER) || "true".equals(text) || "false".equals(text);
            return isJson ? json(field, text) : Answer.JSON.getNodeFactory().textNode(text);
        }
        final boolean isText = type.matches("string|bytes|uuid|timestamp|enum.*")
                || type.matches("f32|f64") && !text.matches("-?[0-9].*");
        return isText || type.matches("[A-Z].*") && !text.startsWith("{")
                ? Answer.JSON.getNodeFactory().textNode(text)
                : json(field, text);
    }

    private JsonNode json(final String field, final String text) {
        try {
            return Answer.JSON.readTree(text);
        } catch (final JsonProcessingException e) {
            throw CliFailure.localFile("value does not fit the field: file=" + name + ", line=" + lines.line()
                    + ", field=" + field + ", type=" + types.get(field) + ", value=" + text);
        }
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (final IOException e) {
            throw unreadable(name, e);
        }
    }
}
