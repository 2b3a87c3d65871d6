/**
 * Who may do what: the check that a request was meant for this server, and the tokens with their roles.
 *
 * <p>Called by the connection before a request's body is read. Threading: any thread; a connection has a
 * {@code TokenCheck} of its own, the rest is shared by all.
 */
package io.taktdb.api.access;
