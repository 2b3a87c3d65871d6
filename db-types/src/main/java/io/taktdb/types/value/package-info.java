/**
 * The byte form of values and rows while they travel: in commands, in the journal, in replies.
 *
 * <p>The form describes itself, so that a journal can be read without the schema of its day; a fixed-size value has the
 * very bytes that it has in a table page, so that applying it is a copy.
 *
 * <p>Called by the front end (writes), the storage engine (reads) and persistence. Threading: writers and readers
 * belong to one thread.
 */
package io.taktdb.types.value;
