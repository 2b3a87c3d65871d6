package io.taktdb.persistence.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** Which call of a disk fails, and how. Threading: under the disk's lock. */
final class DiskFaults {
    private static final Set<String> NEEDS_ROOM = Set.of("create", "createFolder", "link", "write", "force");

    private int calls;
    private int failAtCall = Integer.MAX_VALUE;
    private boolean failsOnlyOnce;
    private boolean isFull;

    void plan(final int call, final boolean onlyOnce, final boolean full) {
        calls = 0;
        failAtCall = call;
        failsOnlyOnce = onlyOnce;
        isFull = full;
    }

    int calls() {
        return calls;
    }

    /** Counts a call. */
    void call(final String what, final Path path) throws IOException {
        calls++;
        if (isFull) {
            if (calls >= failAtCall && NEEDS_ROOM.contains(what)) {
                throw new IOException(
                        "No space left on device (simulated in call " + calls + ": " + what + " " + path + ')');
            }
        } else if (calls == failAtCall || calls > failAtCall && !failsOnlyOnce) {
            throw new IOException("simulated fault in call " + calls + ": " + what + " " + path);
        }
    }
}
