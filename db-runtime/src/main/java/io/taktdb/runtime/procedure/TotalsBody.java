package io.taktdb.runtime.procedure;

/** Takes the totals of all chunks, on the tick thread; what it throws takes back the whole run of its system. */
@FunctionalInterface
public interface TotalsBody {
    /**
     * Uses the totals.
     *
     * @param longs by slot, as {@link Effects#sum(int, long)} added them
     * @param doubles by slot, as {@link Effects#sum(int, double)} added them
     */
    void apply(EffectContext context, long[] longs, double[] doubles);
}
