package io.taktdb.demo.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The files of minecraft-data that ship with the demo, see {@code LICENSE.txt} beside them. */
public final class SampleData {
    private static final String FOLDER = "/io/taktdb/demo/minecraft-data/";

    private SampleData() {}

    /** {@code entities.json}: an array of 149 objects. */
    public static byte[] entities() {
        return read("entities.json");
    }

    /** {@code items.json}: an array of 1,385 objects. */
    public static byte[] items() {
        return read("items.json");
    }

    private static byte[] read(final String file) {
        try (InputStream bytes = SampleData.class.getResourceAsStream(FOLDER + file)) {
            if (bytes == null) {
                throw new IllegalStateException("sample data is missing from the jar: file=" + FOLDER + file);
            }
            return bytes.readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot read sample data: file=" + FOLDER + file, e);
        }
    }
}
