package io.taktdb.core.table;

/**
 * Who keeps the promises between tables: told by each table of what is written and deleted there.
 *
 * <p>Deletes come between {@link #begin} and {@link #end}, or {@link #abandon}; these may nest. Threading: tick thread.
 */
public interface RowWatch {
    /** Nobody: tables that stand alone. */
    RowWatch NONE = new RowWatch() {
        @Override
        public void written(final Table table, final long id) {
            // nothing depends on it
        }

        @Override
        public void begin() {
            // nothing to gather
        }

        @Override
        public void deleted(final Table table, final long id) {
            // nobody refers to it
        }

        @Override
        public void end() {
            // nothing was gathered
        }

        @Override
        public void abandon() {
            // nothing was gathered
        }
    };

    /** A record was inserted, or a field of it that an index has was changed. */
    void written(Table table, long id);

    /** Deletes follow that count as one. */
    void begin();

    /** A record was deleted. */
    void deleted(Table table, long id);

    /**
     * The deletes are done: what follows from them is done now.
     *
     * @throws io.taktdb.types.error.DbException CONFLICT a deleted record is still referred to
     */
    void end();

    /** The deletes, or what follows from them, failed and are taken back. */
    void abandon();
}
