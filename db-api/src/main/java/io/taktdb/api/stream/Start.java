package io.taktdb.api.stream;

import io.taktdb.runtime.change.HeldState;
import java.util.List;

/**
 * How a subscription begins, or begins anew.
 *
 * @param notice an event that comes first, or null
 * @param rows whose rows come next, held for the subscription, which releases it; or null for none
 * @param frames that come after that
 */
record Start(StreamFrame notice, HeldState rows, List<StreamFrame> frames) {
    /** Lets go of what was held, for a subscription that is gone. */
    void release() {
        if (rows != null) {
            rows.release();
        }
    }
}
