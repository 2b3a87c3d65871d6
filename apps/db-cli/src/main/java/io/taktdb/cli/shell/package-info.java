/**
 * The interactive shell: completes words by the commands, and by the tables, fields and procedures of the server.
 *
 * <p>Called by {@code command.ShellCommand}. Threading: the main thread.
 */
package io.taktdb.cli.shell;
