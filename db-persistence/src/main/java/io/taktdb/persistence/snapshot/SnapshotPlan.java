package io.taktdb.persistence.snapshot;

import io.taktdb.core.state.State;
import io.taktdb.core.table.PageSet;
import io.taktdb.core.table.TableState;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which pages of a state need to be written, and which lie in the files of the snapshot before.
 *
 * <p>A file that is used for less than a quarter is given up: its pages are written anew. So the files of a snapshot
 * are at most four times as large as its pages, and there are at most {@value #MAX_FILES}. Threading: one thread.
 */
final class SnapshotPlan {
    /** The most page files of a snapshot. */
    static final int MAX_FILES = 8;

    private static final int LEAST_USE = 4;

    private final PagePrint print;
    private final StoredWorld before;
    private final StoredWorld after;
    private final Set<Long> kept = new HashSet<>();
    private byte[] page = new byte[64 << 10];
    private long bytes;

    /** @param before what there is of the snapshot before, or null for a full one */
    SnapshotPlan(final PagePrint print, final StoredWorld before, final long commit) {
        this.print = print;
        this.before = before;
        this.after = new StoredWorld(commit, before == null ? 0 : before.generation() + 1);
    }

    /** Looks at every page. */
    void make(final State state) {
        final Map<Long, Long> used = before == null ? Map.of() : before.usedBytes();
        for (final TableState table : state.tables()) {
            for (final PageSet set : PageSet.of(table)) {
                look(table.schema().id(), set, used);
            }
        }
        keep(used);
    }

    private void look(final int table, final PageSet set, final Map<Long, Long> used) {
        final StoredSet now = new StoredSet(set.count());
        final StoredSet old = before == null ? null : before.get(table, set.name());
        for (int number = 0; number < set.count(); number++) {
            final int length = set.bytes(number);
            if (length <= 0) {
                continue;
            }
            bytes += length;
            if (old == null) {
                continue; // it is written in any case, and printed then
            }
            print(set, now, number, length);
            if (now.isSame(number, old)) {
                now.place(number, old.file(number), old.offset(number));
                used.merge(old.file(number), (long) length, Long::sum);
            }
        }
        after.put(table, set.name(), now);
    }

    private void keep(final Map<Long, Long> used) {
        final List<Long> mostUsed = used.keySet().stream()
                .filter(file ->
                        used.get(file) * LEAST_USE >= before.files().get(file).bytes())
                .sorted(Comparator.comparing(used::get).reversed())
                .limit(MAX_FILES - 1)
                .toList();
        kept.addAll(mostUsed);
        for (final long file : kept) {
            bytes -= used.get(file);
            after.files().put(file, before.files().get(file));
        }
    }

    private void print(final PageSet set, final StoredSet stored, final int number, final int length) {
        copy(set, number, length);
        print.of(page, length);
        stored.print(number, length, print);
    }

    private void copy(final PageSet set, final int number, final int length) {
        if (page.length < length) {
            page = new byte[length];
        }
        set.copy(number, page);
    }

    /** The bytes of a page to be written, in an array that is used again. */
    byte[] body(final PageSet set, final StoredSet stored, final int number, final int length) {
        if (stored.length(number) == 0) {
            print(set, stored, number, length);
        } else {
            copy(set, number, length);
        }
        return page;
    }

    /** Whether a page is in a file that is kept. */
    boolean isKept(final StoredSet set, final int number) {
        return kept.contains(set.file(number));
    }

    /** Bytes of pages to be written. */
    long bytes() {
        return bytes;
    }

    /** What the snapshot is going to be. */
    StoredWorld after() {
        return after;
    }
}
