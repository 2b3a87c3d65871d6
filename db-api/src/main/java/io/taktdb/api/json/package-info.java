/**
 * JSON written straight into network buffers: rows, replies, errors. Nothing builds trees.
 *
 * <p>Called by all handlers. Threading: none of its own; every call belongs to one thread.
 */
package io.taktdb.api.json;
