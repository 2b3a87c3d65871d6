package io.taktdb.api.access;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The most requests a second of one client: of one token, or of one address where there is none.
 *
 * <p>A client may save up to one second's worth. Only clients that have lately sent something are remembered: the least
 * recent of {@value #MAX_CLIENTS} is forgotten. Threading: any; the lock is held for a look-up.
 */
public final class RateLimit {
    /** No limit. */
    public static final RateLimit NONE = new RateLimit(0);

    /** The most clients that are remembered. */
    static final int MAX_CLIENTS = 10_000;

    private static final long SECOND_NS = 1_000_000_000L;

    private final long costNs;
    private final int perSecond;

    /** Per client the time at which all that it has sent would have been sent at the allowed rate. */
    private final LinkedHashMap<String, Long> spentUntilNs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Long> eldest) {
            return size() > MAX_CLIENTS;
        }
    };

    private RateLimit(final int requestsPerSecond) {
        perSecond = requestsPerSecond;
        costNs = requestsPerSecond == 0 ? 0 : SECOND_NS / requestsPerSecond;
    }

    /** So many requests a second; 0 for no limit. */
    public static RateLimit perSecond(final int requests) {
        return requests == 0 ? NONE : new RateLimit(requests);
    }

    int perSecond() {
        return perSecond;
    }

    /** Whether there is a limit. */
    boolean isOn() {
        return perSecond > 0;
    }

    /**
     * Counts a request.
     *
     * @throws DbException RATE_LIMITED with the seconds to wait
     */
    void take(final String client, final long nowNs) {
        if (perSecond == 0) {
            return;
        }
        final long waitNs;
        synchronized (this) {
            final Long until = spentUntilNs.get(client);
            final long from = until == null || until - nowNs < 0 ? nowNs : until;
            waitNs = from + costNs - nowNs - SECOND_NS;
            if (waitNs <= 0) {
                spentUntilNs.put(client, from + costNs);
            }
        }
        if (waitNs > 0) {
            final long seconds = (waitNs + SECOND_NS - 1) / SECOND_NS;
            throw new DbException(
                            ErrorCode.RATE_LIMITED,
                            "too many requests: limit=" + perSecond + " a second; wait " + seconds + " s")
                    .with("limit", perSecond)
                    .with("retryAfter", seconds);
        }
    }
}
