package io.taktdb.testrunner.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The faults of one plan file, found so far, and the lines to report them with. Places are JSON pointers. */
final class Faults {
    private final Path file;
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<String> found = new ArrayList<>();

    Faults(final Path file) {
        this.file = file;
    }

    /** Remembers where a value stands. */
    void place(final String pointer, final int line) {
        lines.putIfAbsent(pointer, line);
    }

    /** The line of a value, or of the nearest one around it. */
    int line(final String pointer) {
        String at = pointer;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }

    void add(final String pointer, final String text) {
        add(line(pointer), text);
    }

    void add(final int line, final String text) {
        found.add(file + ":" + line + ": " + text);
    }

    /** @throws InvalidPlanException there are faults */
    void throwIfAny() throws InvalidPlanException {
        if (!found.isEmpty()) {
            throw new InvalidPlanException(found);
        }
    }

    /** One member's pointer under an object's. */
    static String member(final String pointer, final String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }
}
