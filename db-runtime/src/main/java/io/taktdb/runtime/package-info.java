/**
 * The loop and everything around it: commands in, procedures and systems run, states out.
 *
 * <p>{@link io.taktdb.runtime.TaktDb} is the whole engine behind one object, for the server and for Java games that
 * embed it. Reading order: {@code command} (what goes in), {@code tick} (the loop), {@code procedure} (the user's
 * code), {@code parallel} (all cores).
 *
 * <p>Threading: {@code TaktDb} any thread; see each package.
 */
package io.taktdb.runtime;
