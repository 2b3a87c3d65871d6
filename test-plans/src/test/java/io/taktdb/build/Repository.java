package io.taktdb.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The checkout that the tests run in, and what the build has put there. */
final class Repository {
    static final List<String> APPS =
            List.of("db-server", "db-cli", "db-test-runner", "demo-world", "distribution", "db-bench");

    static final Path ROOT = Path.of(System.getProperty("taktdb.home"));

    private Repository() {}

    static Path appJar(final String app) {
        final Path jar = ROOT.resolve("apps/" + app + "/target/" + app + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("app is not packaged: jar=" + jar + "; run ./takt test or mvn verify");
        }
        return jar;
    }

    static Attributes manifest(final String app) {
        try (JarFile jar = new JarFile(appJar(app).toFile())) {
            return jar.getManifest().getMainAttributes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** File names of the libraries beside the app's jar, as its manifest lists them. */
    static List<String> libraries(final String app) {
        return Stream.of(manifest(app).getValue(Attributes.Name.CLASS_PATH).split(" "))
                .map(entry -> entry.substring("lib/".length()))
                .collect(Collectors.toList());
    }

    static List<String> lines(final String file) {
        try {
            return Files.readAllLines(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
