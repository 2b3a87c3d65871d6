package io.taktdb.bench.load;

/**
 * What a run came to.
 *
 * @param perSecond answers a second
 * @param refused answers that were errors, warm-up included
 * @param lost connections that ended before their time
 */
public record LoadResult(double perSecond, long p50Ns, long p99Ns, long maxNs, long refused, long lost) {
    /**
     * The result, if nothing went wrong.
     *
     * @throws IllegalStateException answers were errors, or connections ended: the figure would be of something else
     */
    public LoadResult requireClean(final String name) {
        if (refused > 0 || lost > 0) {
            throw new IllegalStateException(
                    "run is not clean: case=" + name + ", refused=" + refused + ", lost connections=" + lost);
        }
        return this;
    }
}
