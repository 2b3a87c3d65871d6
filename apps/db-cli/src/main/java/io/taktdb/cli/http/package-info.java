/**
 * Requests to the server, and what its refusals mean for the exit code.
 *
 * <p>Called by the commands. Threading: one thread.
 */
package io.taktdb.cli.http;
