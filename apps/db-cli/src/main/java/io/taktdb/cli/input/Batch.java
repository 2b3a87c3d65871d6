package io.taktdb.cli.input;

/** Records that travel in one request. */
public final class Batch {
    private final byte[] json;
    private final long first;
    private final int records;

    Batch(final byte[] json, final long first, final int records) {
        this.json = json;
        this.first = first;
        this.records = records;
    }

    /** A JSON array. */
    public byte[] json() {
        return json;
    }

    /** Position of the first record in the input, from 0. */
    public long first() {
        return first;
    }

    /** Position of the last record in the input. */
    public long last() {
        return first + records - 1;
    }

    /** How many records it holds. */
    public int records() {
        return records;
    }
}
