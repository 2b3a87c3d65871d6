package io.taktdb.cli.input;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.taktdb.cli.exit.CliFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Reads vectors as the sets for similarity search hold them: one a line, a label and its numbers, with spaces between.
 *
 * <p>A line becomes {@code {"label": text, "vector": [numbers as they stand]}}. Threading: one thread.
 */
public final class VectorReader implements Records {
    /** The field of the label. */
    public static final String LABEL = "label";

    /** The field of the numbers. */
    public static final String VECTOR = "vector";

    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String name;
    private final long totalBytes;
    private final CountingInput input;
    private final BufferedReader lines;
    private final int batchRecords;
    private long position;

    private VectorReader(final String name, final InputStream in, final long totalBytes, final int batchRecords) {
        this.name = name;
        this.totalBytes = totalBytes;
        this.batchRecords = batchRecords;
        input = new CountingInput(in);
        lines = new BufferedReader(new InputStreamReader(
                input,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
    }

    /** Opens a file, or standard input for {@code -}. */
    public static VectorReader open(final String file, final InputStream standardInput, final int batch) {
        if ("-".equals(file)) {
            return new VectorReader("standard input", standardInput, -1, batch);
        }
        final Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw CliFailure.localFile("file cannot be read: file=" + file + ", reason=it is a folder");
        }
        try {
            return new VectorReader(file, Files.newInputStream(path), Files.size(path), batch);
        } catch (final IOException e) {
            throw JsonArgument.unreadable(file, e);
        }
    }

    @Override
    public Batch next() {
        final StringBuilder json = new StringBuilder();
        final long first = position;
        try {
            while (position - first < batchRecords && json.length() < RecordReader.BATCH_BYTES) {
                final String line = lines.readLine();
                if (line == null) {
                    break;
                }
                position++;
                json.append(json.isEmpty() ? '[' : ',');
                record(line.strip(), json);
            }
        } catch (final CharacterCodingException e) {
            throw CliFailure.localFile("file is no UTF-8: file=" + name + "; convert it first");
        } catch (final IOException e) {
            throw JsonArgument.unreadable(name, e);
        }
        return json.isEmpty()
                ? null
                : new Batch(
                        json.append(']').toString().getBytes(StandardCharsets.UTF_8), first, (int) (position - first));
    }

    private void record(final String line, final StringBuilder json) {
        final String[] words = SPACES.split(line, -1);
        json.append("{\"").append(LABEL).append("\":\"");
        JsonStringEncoder.getInstance().quoteAsString(words[0], json);
        json.append("\",\"").append(VECTOR).append("\":[");
        if (words.length < 2) {
            throw CliFailure.localFile(
                    "line is not a label and numbers: file=" + name + ", line=" + position + ", words=" + words.length);
        }
        for (int i = 1; i < words.length; i++) {
            if (!NUMBER.matcher(words[i]).matches()) {
                throw CliFailure.localFile("not a number: file=" + name + ", line=" + position + ", word=" + (i + 1)
                        + ", value=" + words[i].substring(0, Math.min(40, words[i].length())));
            }
            json.append(i == 1 ? "" : ",").append(words[i]);
        }
        json.append("]}");
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
    public void close() {
        try {
            lines.close();
        } catch (final IOException e) {
            throw JsonArgument.unreadable(name, e);
        }
    }
}
