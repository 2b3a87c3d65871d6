/**
 * A real server that is killed again and again while it is written to, with an oracle outside of it: what it
 * acknowledged must be there afterwards, once, and nothing else but what was sent.
 *
 * <p>Threading: the main thread drives; each writer has one of its own.
 */
package io.taktdb.bench.kill;
