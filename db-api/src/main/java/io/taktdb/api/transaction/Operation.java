package io.taktdb.api.transaction;

/**
 * One operation of a transaction, as far as its answer depends on it.
 *
 * @param table id of its table; 0 for a call
 * @param isArray whether it inserts an array
 */
record Operation(Kind kind, int table, boolean isArray) {
    /** What an operation does. */
    enum Kind {
        INSERT,
        UPDATE,
        UPSERT,
        DELETE,
        DELETE_WHERE,
        CALL
    }
}
