/**
 * The floor under every figure of {@code takt bench server}: Netty's own codecs, a streaming parse of the JSON, a
 * hand-off to one other thread, the reply. Whatever a database does comes on top of that.
 *
 * <p>{@code FloorMain} is the child JVM; {@code HandOff} is the other thread.
 */
package io.taktdb.bench.floor;
