package io.taktdb.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary file that is sent as content and then deleted.
 *
 * @param afterwards called once, when the file is gone
 */
public record FileContent(Path path, Runnable afterwards) {
    /** How many bytes will be sent. */
    public long length() {
        try {
            return Files.size(path);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the file. */
    public void discard() {
        try {
            Files.deleteIfExists(path);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            afterwards.run();
        }
    }
}
