package io.taktdb.core.table;

import java.util.List;
import java.util.TreeSet;

/** The lowest of many ids, as an error names them. Threading: none of its own. */
public final class FirstIds {
    /** An error names so many ids and no more. */
    public static final int MOST = 10;

    private final TreeSet<Long> lowest = new TreeSet<>(Long::compareUnsigned);

    /** Adds an id. */
    public void add(final long id) {
        lowest.add(id);
        if (lowest.size() > MOST) {
            lowest.pollLast();
        }
    }

    /** Whether there are {@value #MOST}: ids that come in ascending order change nothing any more. */
    public boolean isFull() {
        return lowest.size() == MOST;
    }

    public boolean isEmpty() {
        return lowest.isEmpty();
    }

    /** The lowest of all; there is one. */
    public long lowest() {
        return lowest.first();
    }

    /** Up to {@value #MOST} ids in ascending order, as text, since they are unsigned. */
    public List<String> list() {
        return lowest.stream().map(Long::toUnsignedString).toList();
    }
}
