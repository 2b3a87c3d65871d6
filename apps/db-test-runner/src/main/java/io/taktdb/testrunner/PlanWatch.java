package io.taktdb.testrunner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which plan files have changed since it was asked before. Threading: one thread. */
final class PlanWatch {
    /** What changes when an editor saves a file. */
    private record Mark(long modified, long bytes, Object key) {
        static Mark of(final Path file) throws IOException {
            final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Mark(attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey());
        }
    }

    private final Map<Path, Mark> known = new HashMap<>();

    /** The files among these that are new or not what they were; all of them the first time. */
    List<Path> changed(final List<Path> files) throws IOException {
        final List<Path> changed = new ArrayList<>();
        for (final Path file : files) {
            try {
                final Mark now = Mark.of(file);
                if (!now.equals(known.put(file, now))) {
                    changed.add(file);
                }
            } catch (final NoSuchFileException e) {
                known.remove(file); // an editor is saving it
            }
        }
        return changed;
    }
}
