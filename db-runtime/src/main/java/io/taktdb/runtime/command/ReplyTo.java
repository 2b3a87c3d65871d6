package io.taktdb.runtime.command;

/**
 * The one who waits for a command.
 *
 * <p>Threading: {@link #onReply} is called on the tick thread, once, after the commit that the command is part of (or
 * as soon as it was refused). It must only hand the submission over: no blocking, no lock that another thread holds.
 */
@FunctionalInterface
public interface ReplyTo {
    void onReply(Submission submission);
}
