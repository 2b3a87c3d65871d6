/**
 * The front end on Netty: a request's path from bytes to a command or a lease, and back.
 *
 * <p>Threading: Netty's event loops.
 */
package io.taktdb.api;
