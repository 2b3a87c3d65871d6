package io.taktdb.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A temporary file that is sent as content and then deleted.
 *
 * @param length how many bytes will be sent
 * @param afterwards called once, when the file is gone
 */
public record FileContent(Path path, long length, Runnable afterwards) {
    /** The whole of a file. */
    public static FileContent of(final Path path, final Runnable afterwards) throws IOException {
        return new FileContent(path, Files.size(path), afterwards);
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
