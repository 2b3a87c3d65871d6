package io.taktdb.runtime.check;

/**
 * Where two runs of one world parted.
 *
 * @param tick the first tick that differs
 * @param table name of the first table that differs
 * @param id the first record that differs
 * @param reference what the first run has: fields that differ with their values, or that there is no such record
 * @param other the same of the other run
 * @param workers workers of the other run; the first one has one
 */
public record Difference(long tick, String table, long id, String reference, String other, int workers) {
    @Override
    public String toString() {
        return "runs differ: tick=" + tick + ", table=" + table + ", id=" + Long.toUnsignedString(id)
                + ", with 1 worker: " + reference + ", with " + workers + ": " + other
                + "; look for clocks, randomness that is not the context's, hash order, static state, or systems that"
                + " write rows of other chunks";
    }
}
