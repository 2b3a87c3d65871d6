package io.taktdb.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.types.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real input that lies beside the checkout, where there is any. */
final class SharedData {
    private SharedData() {}

    /** A file; the test is skipped where it is absent, and fails where the environment requires it. */
    static Path file(final String name) {
        final Path file = Path.of(System.getProperty("taktdb.shared", "../../shared"), "data", name);
        if (!Files.exists(file)) {
            if ("1".equals(System.getenv("TAKT_REQUIRE_SHARED"))) {
                throw new AssertionError("required input is missing: file=" + file);
            }
            Assumptions.abort("no real input beside this checkout: file=" + file);
        }
        return file;
    }

    static JsonNode json(final String name) {
        try {
            return StrictJson.mapper().readTree(Files.readAllBytes(file(name)));
        } catch (final IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
