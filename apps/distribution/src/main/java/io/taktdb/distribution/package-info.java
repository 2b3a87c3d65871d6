/**
 * Makes the distribution out of the packaged apps: a zip that runs where there is a Java runtime and nothing else.
 *
 * <p>Called by {@code takt package}. Threading: the main thread.
 */
package io.taktdb.distribution;
