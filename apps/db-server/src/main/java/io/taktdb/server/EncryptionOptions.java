package io.taktdb.server;

import io.taktdb.persistence.storage.FileKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * Where the keys of the data folder come from; a picocli mixin.
 *
 * <p>Threading: the main thread.
 */
public final class EncryptionOptions {
    /** The environment variable that is read when there is no file. */
    static final String VARIABLE = "TAKT_ENCRYPTION_KEY";

    @Option(
            names = "--encryption-key-file",
            paramLabel = "FILE",
            description =
                    "Encrypt the data folder with the keys in this file: 64 hexadecimal digits on a line, the first"
                            + " for new files, further ones to read older files (default: environment " + VARIABLE
                            + ", else not encrypted).")
    private Path file;

    /**
     * The keys.
     *
     * @throws IllegalArgumentException they cannot be read, or are none
     */
    FileKeys keys() {
        if (file != null) {
            try {
                return FileKeys.parse(Files.readString(file), "--encryption-key-file=" + file);
            } catch (final IOException e) {
                throw new IllegalArgumentException("cannot be read: --encryption-key-file=" + file + ", cause=" + e, e);
            }
        }
        final String text = System.getenv(VARIABLE);
        return text == null || text.isBlank() ? FileKeys.NONE : FileKeys.parse(text, VARIABLE);
    }
}
