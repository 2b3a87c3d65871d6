/**
 * Records and figures as JSON, for all doors of the server: bodies to commands, states and replies to network buffers.
 *
 * <p>{@code RecordCommands} makes commands; {@code RecordPage}, {@code RecordWriter} and {@code RecordReplies} write
 * records; {@code ErrorWriter} writes problems. Nothing builds trees.
 *
 * <p>Called by all handlers. Threading: none of its own; every call belongs to one thread.
 */
package io.taktdb.api.json;
