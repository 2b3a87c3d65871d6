/**
 * The commands: arguments in, requests out, answers shown. One class per command, wired in {@code TaktCommand}.
 *
 * <p>Called by {@code Main}. Threading: one thread.
 */
package io.taktdb.cli.command;
