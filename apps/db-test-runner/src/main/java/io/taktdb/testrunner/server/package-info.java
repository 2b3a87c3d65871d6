/**
 * Servers for plans: processes that the runner starts on a free port with a fresh data folder, or one that is given.
 *
 * <p>Called by the runner. Threading: one thread, and one that reads a process's output.
 */
package io.taktdb.testrunner.server;
