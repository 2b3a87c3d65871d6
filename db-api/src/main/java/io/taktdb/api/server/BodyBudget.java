package io.taktdb.api.server;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that unfinished bodies of one event loop's connections may take together.
 *
 * <p>Threading: that event loop; anyone may read {@link #taken}.
 */
final class BodyBudget {
    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(final long limit) {
        this.limit = limit;
    }

    /**
     * Reserves bytes before they are stored.
     *
     * @throws DbException OVERLOADED
     */
    void take(final int bytes) {
        if (taken.get() + bytes > limit) {
            throw new DbException(
                    ErrorCode.OVERLOADED,
                    "too many bytes of request bodies wait in memory: waiting=" + taken.get() + ", limit=" + limit
                            + "; try again later");
        }
        taken.lazySet(taken.get() + bytes);
    }

    void giveBack(final int bytes) {
        taken.lazySet(taken.get() - bytes);
    }

    /** Bytes that are taken now. */
    long taken() {
        return taken.get();
    }
}
