package io.taktdb.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names of a file's columns, and the valid names that they have in a table; kept in a file, so that an export can give
 * the old names back.
 *
 * <p>A letter that no name can have becomes {@code _}; a digit at the start gets one before it; a name that is taken,
 * in any case of letters, gets a number. The file is a JSON object: {@code {"Airport_Name": "Airport Name"}}.
 * Threading: one thread.
 */
public final class ColumnNames {
    private static final int MAX_LENGTH = 255;

    private final Map<String, String> validByOriginal = new LinkedHashMap<>();
    private final Map<String, String> originalByValid = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** Reads a file of names; none if it is not there. */
    public static ColumnNames read(final Path file) {
        final ColumnNames names = new ColumnNames();
        if (Files.exists(file)) {
            try {
                final JsonNode known = Answer.JSON.readTree(Files.readAllBytes(file));
                known.properties().forEach(one -> names.put(one.getValue().asText(), one.getKey()));
            } catch (final IOException e) {
                throw CliFailure.localFile("file of names cannot be read: file=" + file + ", reason=" + e.getMessage());
            }
        }
        return names;
    }

    private void put(final String original, final String valid) {
        validByOriginal.put(original, valid);
        originalByValid.put(valid, original);
        taken.add(valid.toLowerCase(Locale.ROOT));
    }

    /** The name that a column has in the table. */
    public String valid(final String original) {
        final String known = validByOriginal.get(original);
        if (known != null) {
            return known;
        }
        String base = original.replaceAll("[^A-Za-z0-9_]", "_");
        base = base.isEmpty() || Character.isDigit(base.charAt(0)) ? "_" + base : base;
        base = base.length() > MAX_LENGTH ? base.substring(0, MAX_LENGTH) : base;
        String valid = base;
        for (int i = 2; taken.contains(valid.toLowerCase(Locale.ROOT)); i++) {
            final String end = "_" + i;
            valid = base.substring(0, Math.min(base.length(), MAX_LENGTH - end.length())) + end;
        }
        put(original, valid);
        return valid;
    }

    /** The name that a column of the table had in the file. */
    public String original(final String valid) {
        return originalByValid.getOrDefault(valid, valid);
    }

    /** Names that are not what they were, by what they were. */
    public Map<String, String> renamed() {
        final Map<String, String> renamed = new LinkedHashMap<>(validByOriginal);
        renamed.entrySet().removeIf(one -> one.getKey().equals(one.getValue()));
        return renamed;
    }

    /** Keeps the names in a file. */
    public void write(final Path file) {
        final ObjectNode all = Answer.JSON.createObjectNode();
        originalByValid.forEach(all::put);
        try {
            Files.write(file, Answer.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
        } catch (final IOException e) {
            throw CliFailure.localFile("file of names cannot be written: file=" + file + ", reason=" + e.getMessage());
        }
    }

    /** The same records under valid names. */
    public Records rename(final Records records) {
        return new Renamed(records);
    }

    /** Records whose members are renamed batch by batch. */
    private final class Renamed implements Records {
        private final Records source;

        Renamed(final Records source) {
            this.source = source;
        }

        @Override
        public Batch next() {
            final Batch batch = source.next();
            if (batch == null) {
                return null;
            }
            try {
                final JsonNode all = Answer.JSON.readTree(batch.json());
                for (int i = 0; i < all.size(); i++) {
                    if (all.get(i) instanceof ObjectNode record) {
                        ((com.fasterxml.jackson.databind.node.ArrayNode) all).set(i, members(record, true));
                    }
                }
                return new Batch(Answer.JSON.writeValueAsBytes(all), batch.first(), batch.records());
            } catch (final IOException e) {
                throw new IllegalStateException("a batch is no JSON", e);
            }
        }

        @Override
        public long bytes() {
            return source.bytes();
        }

        @Override
        public long totalBytes() {
            return source.totalBytes();
        }

        @Override
        public void close() {
            source.close();
        }
    }

    /** A record with its members under their other names. */
    public ObjectNode members(final JsonNode record, final boolean toValid) {
        final ObjectNode named = Answer.JSON.createObjectNode();
        record.properties()
                .forEach(one -> named.set(toValid ? valid(one.getKey()) : original(one.getKey()), one.getValue()));
        return named;
    }
}
