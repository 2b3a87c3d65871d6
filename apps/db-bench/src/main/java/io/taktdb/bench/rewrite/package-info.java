/**
 * How long the loop stands still while a large table changes its shape. Called by {@code takt bench}. Threading: one
 * thread.
 */
package io.taktdb.bench.rewrite;
