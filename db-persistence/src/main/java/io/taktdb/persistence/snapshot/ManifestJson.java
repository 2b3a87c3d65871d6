package io.taktdb.persistence.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.persistence.storage.StorageError;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The manifest as JSON, protected by a checksum of its own.
 *
 * <pre>
 *   {format: "taktdb-snapshot", format_version, commit, tick, seed, created_at, state_hash,
 *    tables: [{table_id, name, rows, rows_per_chunk, scalars: [number]}],
 *    files: [{name, bytes, crc32c}],
 *    crc32c}
 * </pre>
 *
 * Numbers are signed, of 64 bits; {@code state_hash} may be absent; every {@code crc32c} is eight hexadecimal digits.
 * The last property always is the file's own {@code crc32c}, written exactly as {@link #tail} does, of all bytes before
 * it: so every change of the file shows, and a version that this program does not know can still be told from damage.
 * Threading: none of its own.
 */
final class ManifestJson {
    private static final String FORMAT = "taktdb-snapshot";
    private static final String END_OF_OBJECT = "\n}";
    private static final int TAIL_BYTES = tail(0).length;

    private ManifestJson() {}

    private static byte[] tail(final int crc) {
        return (",\n  \"crc32c\" : \"" + hex(crc) + "\"\n}\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String hex(final int crc) {
        return String.format("%08x", crc);
    }

    private static int crc(final byte[] bytes, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** The bytes of the file. */
    static byte[] write(final Manifest manifest) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(bytes)) {
            g.useDefaultPrettyPrinter();
            g.writeStartObject();
            properties(g, manifest);
            g.writeEndObject();
        } catch (final IOException e) {
            throw StrictJson.translate(e);
        }
        final byte[] json = bytes.toByteArray();
        final int body = json.length - END_OF_OBJECT.length();
        final byte[] tail = tail(crc(json, body));
        final byte[] file = java.util.Arrays.copyOf(json, body + tail.length);
        System.arraycopy(tail, 0, file, body, tail.length);
        return file;
    }

    private static void properties(final JsonGenerator g, final Manifest manifest) throws IOException {
        g.writeStringField("format", FORMAT);
        g.writeNumberField("format_version", Manifest.FORMAT_VERSION);
        g.writeNumberField("commit", manifest.commit());
        g.writeNumberField("tick", manifest.tick());
        g.writeNumberField("seed", manifest.seed());
        g.writeStringField("created_at", manifest.createdAt().toString());
        if (manifest.stateHash() != null) {
            g.writeStringField("state_hash", manifest.stateHash());
        }
        g.writeArrayFieldStart("tables");
        for (final Manifest.TableEntry table : manifest.tables()) {
            g.writeStartObject();
            g.writeNumberField("table_id", table.id());
            g.writeStringField("name", table.name());
            g.writeNumberField("rows", table.rows());
            g.writeNumberField("rows_per_chunk", table.rowsPerChunk());
            g.writeArrayFieldStart("scalars");
            for (final long scalar : table.scalars()) {
                g.writeNumber(scalar);
            }
            g.writeEndArray();
            g.writeEndObject();
        }
        g.writeEndArray();
        g.writeArrayFieldStart("files");
        for (final Manifest.FileEntry file : manifest.files()) {
            g.writeStartObject();
            g.writeStringField("name", file.name());
            g.writeNumberField("bytes", file.bytes());
            g.writeStringField("crc32c", hex(file.crc()));
            g.writeEndObject();
        }
        g.writeEndArray();
    }

    /**
     * Reads the bytes of the file.
     *
     * @throws DbException STORAGE_DAMAGED; STORAGE_FAILED a newer version wrote it
     */
    static Manifest read(final byte[] bytes, final Path path) {
        final int body = bytes.length - TAIL_BYTES;
        if (body < 0) {
            throw StorageError.damaged(path, bytes.length, "manifest ends too early");
        }
        if (!java.util.Arrays.equals(bytes, body, bytes.length, tail(crc(bytes, body)), 0, TAIL_BYTES)) {
            throw StorageError.damaged(path, body, "checksum of the manifest is wrong");
        }
        try {
            return manifest(StrictJson.mapper().readTree(bytes), path);
        } catch (final IOException | IllegalArgumentException | DateTimeException e) {
            throw StorageError.damaged(path, 0, "manifest is not what its format says, " + e.getMessage());
        }
    }

    private static Manifest manifest(final JsonNode node, final Path path) {
        if (!FORMAT.equals(text(node, "format"))) {
            throw new IllegalArgumentException("format is not " + FORMAT);
        }
        final long version = number(node, "format_version");
        if (version > Manifest.FORMAT_VERSION) {
            throw new DbException(
                    ErrorCode.STORAGE_FAILED,
                    "snapshot was written by a newer version: file=" + path + ", formatVersion=" + version + ", known="
                            + Manifest.FORMAT_VERSION + "; start that version of TaktDB");
        }
        final List<Manifest.TableEntry> tables = new ArrayList<>();
        for (final JsonNode table : array(node, "tables")) {
            final List<Long> scalars = new ArrayList<>();
            for (final JsonNode scalar : array(table, "scalars")) {
                scalars.add(whole(scalar, "scalars"));
            }
            tables.add(new Manifest.TableEntry(
                    (int) number(table, "table_id"),
                    text(table, "name"),
                    number(table, "rows"),
                    (int) number(table, "rows_per_chunk"),
                    scalars));
        }
        final List<Manifest.FileEntry> files = new ArrayList<>();
        for (final JsonNode file : array(node, "files")) {
            files.add(new Manifest.FileEntry(
                    text(file, "name"), number(file, "bytes"), Integer.parseUnsignedInt(text(file, "crc32c"), 16)));
        }
        return new Manifest(
                number(node, "commit"),
                number(node, "tick"),
                number(node, "seed"),
                Instant.parse(text(node, "created_at")),
                node.has("state_hash") ? text(node, "state_hash") : null,
                tables,
                files);
    }

    private static JsonNode array(final JsonNode node, final String name) {
        final JsonNode value = node.path(name);
        if (!value.isArray()) {
            throw new IllegalArgumentException(name + " is no array");
        }
        return value;
    }

    private static String text(final JsonNode node, final String name) {
        final JsonNode value = node.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return value.textValue();
    }

    private static long number(final JsonNode node, final String name) {
        return whole(node.path(name), name);
    }

    private static long whole(final JsonNode value, final String name) {
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException(name + " is no number of 64 bits");
        }
        return value.longValue();
    }
}
