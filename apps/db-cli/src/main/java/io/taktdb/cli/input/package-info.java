/**
 * What a command reads: JSON given as an argument, in a file or on standard input; records streamed out of large files.
 *
 * <p>Called by the commands. Threading: one thread.
 */
package io.taktdb.cli.input;
