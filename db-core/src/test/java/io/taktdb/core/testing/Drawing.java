package io.taktdb.core.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The drawings of layouts in the comments of a source file: lines of OFFSET, SIZE and DESCRIPTION.
 *
 * <p>A drawing starts at an offset of 0. Threading: none of its own.
 */
public final class Drawing {
    private static final Pattern LINE = Pattern.compile("^ \\* +(\\d+) +(\\d+|\\*|n)  (.*)$");

    private final String source;
    private final List<Integer> offsets = new ArrayList<>();
    private final List<String> sizes = new ArrayList<>();

    private Drawing(final String source) {
        this.source = source;
    }

    /**
     * All drawings of a class of this module, in order.
     *
     * @param source path below {@code io/taktdb/core}, e.g. {@code table/Heap}
     */
    public static List<Drawing> of(final String source) {
        final Path file = Path.of("src/main/java/io/taktdb/core/" + source + ".java");
        final Path here = Files.exists(file) ? file : Path.of("db-core").resolve(file);
        final List<Drawing> drawings = new ArrayList<>();
        try {
            for (final String line : Files.readAllLines(here)) {
                final Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    if (matcher.group(1).equals("0")) {
                        drawings.add(new Drawing(source));
                    }
                    final Drawing last = drawings.get(drawings.size() - 1);
                    last.offsets.add(Integer.valueOf(matcher.group(1)));
                    last.sizes.add(matcher.group(2));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return drawings;
    }

    /** Compares with the constants: one per line, in order. */
    public Drawing hasOffsets(final Integer... constants) {
        assertEquals(List.of(constants), offsets, "offsets in the drawing of " + source);
        return this;
    }

    /** Checks that the parts follow each other without a gap, and together have this size. */
    public void endsAt(final int bytes) {
        int end = 0;
        for (int i = 0; i < offsets.size(); i++) {
            assertEquals(offsets.get(i), end, "gap or overlap before line " + i + " of " + source);
            end += Integer.parseInt(sizes.get(i));
        }
        assertEquals(bytes, end, "size in the drawing of " + source);
    }
}
