/**
 * How a run of the client ends: exit codes, and the one exception that carries them.
 *
 * <p>Called by all packages of the client. Threading: immutable.
 */
package io.taktdb.cli.exit;
