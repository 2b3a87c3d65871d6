/**
 * Who may do what: roles that routes name, and the check that a request was meant for this server.
 *
 * <p>Called by the connection before a request's body is read. Threading: immutable, shared by all event loops.
 */
package io.taktdb.api.access;
