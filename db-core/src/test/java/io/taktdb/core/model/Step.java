package io.taktdb.core.model;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One random operation.
 *
 * @param kind which
 * @param seed of everything else about it, so that it means much the same when steps before it are left out
 */
record Step(Kind kind, long seed) {
    /** What a step does; how often each comes is its weight. */
    enum Kind {
        INSERT(20),
        INSERT_WITH_ID(12),
        INSERT_MANY(2),
        REPLACE(8),
        MERGE(12),
        EDIT(6),
        DELETE(10),
        DELETE_MANY(2),
        CLEAR(1),
        REFUSED_ROW(3),
        CREATE_TABLE(2),
        DROP_TABLE(1),
        ADD_FIELD(2),
        DROP_FIELD(1),
        RENAME(2),
        WIDEN_FIELD(2),
        CREATE_INDEX(4),
        DROP_INDEX(1),
        MARK(8),
        ROLLBACK(8),
        SETTLE(4),
        KERNEL(4),
        COMMIT(8),
        LEASE(4),
        RELEASE(3),
        RELOAD(1);

        private final int weight;

        Kind(final int weight) {
            this.weight = weight;
        }

        /** Every kind as often as its weight says. */
        static List<Kind> weighted() {
            return Arrays.stream(values())
                    .flatMap(kind -> Collections.nCopies(kind.weight, kind).stream())
                    .toList();
        }
    }
}
