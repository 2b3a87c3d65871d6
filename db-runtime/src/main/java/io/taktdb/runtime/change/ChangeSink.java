package io.taktdb.runtime.change;

import io.taktdb.core.table.RowReader;
import java.util.BitSet;

/**
 * Receives the rows that differ between two states of one table.
 *
 * <p>Readers and field sets are overwritten after each call. Threading: the thread that compares.
 */
public interface ChangeSink {
    /** A record that the later state has and the earlier one had not. */
    void inserted(long id, RowReader after);

    /**
     * A record that both have, with other values.
     *
     * @param fields positions of the fields that differ
     */
    void updated(long id, RowReader before, RowReader after, BitSet fields);

    /** A record that the later state has no more. */
    void deleted(long id, RowReader before);
}
