/**
 * Who may do what: the check that a request was meant for this server; later tokens and rights.
 *
 * <p>Called by the connection before a request's body is read. Threading: immutable, shared by all event loops.
 */
package io.taktdb.api.access;
