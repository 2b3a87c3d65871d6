/**
 * Every write as bytes: encoded once by whoever asks for it, applied by the loop, and later journalled and replicated
 * as the same bytes.
 *
 * <p>{@link io.taktdb.runtime.command.CommandOp} has the format as a table;
 * {@link io.taktdb.runtime.command.CommandWriter} encodes off the loop, {@code CommandApplier} decodes on it;
 * {@link io.taktdb.runtime.command.Submission} is one command on its way, with the one who waits for it.
 *
 * <p>Threading: writers belong to the asking thread; a submission belongs to the loop from {@code submit} until its
 * reply.
 */
package io.taktdb.runtime.command;
