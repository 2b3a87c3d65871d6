/**
 * What durability costs: journal, durable writes, snapshots and starts on the machine's own disk, beside a plain
 * writer.
 *
 * <p>Threading: the main thread, beside those of the engines that it opens.
 */
package io.taktdb.bench.persist;
