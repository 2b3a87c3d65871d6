/**
 * The command line client: administers a server over HTTP, and knows nothing of the engine.
 *
 * <pre>
 *   Main ──► command ──► input ──► exit
 *                   ├──► http  ──► exit
 *                   └──► view
 * </pre>
 *
 * <p>Reading order: {@link io.taktdb.cli.Main}, {@link io.taktdb.cli.command.TaktCommand}, one command, for example
 * {@link io.taktdb.cli.command.GetCommand}. Called by the launcher. Threading: one thread.
 */
package io.taktdb.cli;
