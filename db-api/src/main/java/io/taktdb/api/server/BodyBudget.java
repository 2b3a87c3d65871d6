package io.taktdb.api.server;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;

/** The memory that unfinished bodies of one event loop's connections may take together. Threading: that event loop. */
final class BodyBudget {
    private final long limit;
    private long taken;

    BodyBudget(final long limit) {
        this.limit = limit;
    }

    /**
     * Reserves bytes before they are stored.
     *
     * @throws DbException OVERLOADED
     */
    void take(final int bytes) {
        if (taken + bytes > limit) {
            throw new DbException(
                    ErrorCode.OVERLOADED,
                    "too many bytes of request bodies wait in memory: waiting=" + taken + ", limit=" + limit
                            + "; try again later");
        }
        taken += bytes;
    }

    void giveBack(final int bytes) {
        taken -= bytes;
    }

    /** Bytes that are taken now. */
    long taken() {
        return taken;
    }
}
