/**
 * The REST routes: schema, records, operations.
 *
 * <p>Reading order: {@code RecordRoutes}, {@code TableRoutes}, {@code OperationRoutes}, {@code FileRoutes}. Reads take
 * a lease, write straight into the answer's buffer and let the lease go; writes become commands and answer when they
 * are committed.
 *
 * <p>Threading: event loops, and worker threads for large bodies; handlers keep nothing between requests.
 */
package io.taktdb.api.rest;
