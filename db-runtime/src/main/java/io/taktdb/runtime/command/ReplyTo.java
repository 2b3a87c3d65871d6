package io.taktdb.runtime.command;

/**
 * The one who waits for a command.
 *
 * <p>Threading: {@link #onReply} is called once: on the tick thread, after the commit that the command is part of (or
 * as soon as it was refused), or on the journal's thread, once that commit is durable. It must only hand the submission
 * over: no blocking, no lock that another thread holds.
 */
@FunctionalInterface
public interface ReplyTo {
    void onReply(Submission submission);
}
