/**
 * Which records a client wants: filters, order, page and fields, from a query string or from JSON, and the page itself.
 *
 * <p>Reading order: {@link io.taktdb.api.query.RecordQuery}, {@code FilterReader}, {@code RecordPage}. REST, JSON-RPC
 * and streams read filters here, so that they mean the same everywhere.
 *
 * <p>Called by handlers. Threading: none of its own.
 */
package io.taktdb.api.query;
