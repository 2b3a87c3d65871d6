package io.taktdb.api.http;

import java.util.function.Supplier;

/** Who sends a request, and how much of late. Threading: any. */
public interface Sender extends Supplier<Caller> {
    /** Nobody, whom nothing limits. */
    Sender NOBODY = new Sender() {
        @Override
        public Caller get() {
            return Caller.ANONYMOUS;
        }

        @Override
        public void count() {
            // nobody sends nothing
        }
    };

    /** Who it is; asked again later, says whether the token still holds. */
    @Override
    Caller get();

    /**
     * Counts one request, or one call of several within a request.
     *
     * @throws io.taktdb.types.error.DbException RATE_LIMITED
     */
    void count();
}
