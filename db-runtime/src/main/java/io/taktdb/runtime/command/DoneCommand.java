package io.taktdb.runtime.command;

import io.taktdb.types.schema.Schema;
import java.util.Arrays;

/**
 * A command that was done under a key, with the answer that it had; see {@link Submission} for what the answer is.
 *
 * <p>Threading: made by the tick thread; read by any once it is {@link #isCommitted}.
 */
public final class DoneCommand {
    private static final byte[] EMPTY = {};

    private final byte[] key;
    private final byte[] reply;
    private final Object result;
    private final Schema schema;
    private long tick;
    private volatile long commit;

    /**
     * @param key see {@link CommandWriter#key}
     * @param reply the answer's bytes, or null when the answer was too large to be kept
     * @param result the answer that is no bytes
     * @param schema that the reply is read with
     */
    public DoneCommand(final byte[] key, final byte[] reply, final Object result, final Schema schema) {
        this.key = key;
        this.reply = reply;
        this.result = result;
        this.schema = schema;
    }

    /** What a command left that was just applied. Tick thread. */
    static DoneCommand of(final Submission submission, final long maxAnswerBytes) {
        final boolean isKept =
                AnswerWeight.of(submission.replyLength(), submission.result(), maxAnswerBytes) <= maxAnswerBytes;
        byte[] reply = null;
        if (isKept) {
            reply = submission.replyLength() == 0 ? EMPTY : new byte[submission.replyLength()];
            if (reply.length > 0) {
                submission.reply().getBytes(0, reply);
            }
        }
        return new DoneCommand(
                submission.key(), reply, isKept ? submission.result() : null, isKept ? submission.schema() : null);
    }

    /** Says which commit holds the effect. */
    public DoneCommand committed(final long newCommit, final long newTick) {
        tick = newTick;
        commit = newCommit;
        return this;
    }

    /** Whether {@link #commit} says something already. */
    boolean isCommitted() {
        return commit > 0;
    }

    /** Number of the commit that holds the effect. */
    public long commit() {
        return commit;
    }

    /** Tick of that commit. */
    public long tick() {
        return tick;
    }

    /** The key, see {@link CommandWriter#key}; not to be written. */
    public byte[] key() {
        return key;
    }

    /** Whether the answer was kept. */
    public boolean hasAnswer() {
        return reply != null;
    }

    /** About how many bytes the answer takes, up to a limit. */
    long answerBytes(final long limit) {
        return hasAnswer() ? AnswerWeight.of(reply.length, result, limit) : 0;
    }

    /** The answer's bytes; not to be written. */
    public byte[] reply() {
        return reply;
    }

    /** The answer that is no bytes. */
    public Object result() {
        return result;
    }

    /** The schema that the answer is read with. */
    public Schema schema() {
        return schema;
    }

    /** Whether a key of the same name was given to the same request. */
    boolean isSameRequest(final byte[] other) {
        return Arrays.equals(key, other);
    }
}
