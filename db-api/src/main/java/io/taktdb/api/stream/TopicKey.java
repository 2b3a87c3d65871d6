package io.taktdb.api.stream;

/**
 * What tells topics apart.
 *
 * @param tableId the table's stable id
 * @param spec what was asked for
 */
record TopicKey(int tableId, StreamSpec spec) {}
