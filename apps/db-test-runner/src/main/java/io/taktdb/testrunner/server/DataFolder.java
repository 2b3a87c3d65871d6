package io.taktdb.testrunner.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The temporary folder of one server. */
final class DataFolder {
    private DataFolder() {}

    static Path create() throws IOException {
        return Files.createTempDirectory("taktdb-plan-");
    }

    /** Removes a folder with all that is in it; nothing if it is gone already. */
    static void remove(final Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        final List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (final Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
