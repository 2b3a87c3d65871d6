package io.taktdb.runtime.journal;

import java.util.List;

/**
 * Where a journal begins.
 *
 * @param commit the newest commit, which the first one that is appended follows
 * @param tick of that commit
 * @param seed of the world
 * @param modules the code that makes the commits, one line each, see {@link ReplayTarget#modules}
 * @param hasChanged whether the world is new or was changed by its modules after the replay: then what is appended is
 *     worth nothing before a snapshot was taken
 */
public record JournalStart(long commit, long tick, long seed, List<String> modules, boolean hasChanged) {
    public JournalStart {
        modules = List.copyOf(modules);
    }
}
