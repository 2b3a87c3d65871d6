package io.taktdb.api.rpc;

import io.netty.buffer.ByteBuf;

/**
 * Gathers the answers of one message and sends them together, in the order of the requests.
 *
 * <p>Answers may become ready in any order and on any thread.
 */
final class RpcBatch {
    private final RpcPeer peer;
    private final boolean isArray;
    private final ByteBuf[] answers;
    private int missing;
    private long tick = -1;
    private long commit = -1;

    RpcBatch(final RpcPeer peer, final RpcMessage message) {
        this.peer = peer;
        this.isArray = message.isBatch();
        this.answers = new ByteBuf[message.requests().size()];
        this.missing = answers.length;
    }

    /**
     * Takes the answer to one request.
     *
     * @param place of the request in its message
     * @param content the answer, or null for a notification
     */
    void answered(final int place, final ByteBuf content, final long shownTick, final long shownCommit) {
        final boolean isComplete;
        synchronized (this) {
            answers[place] = content;
            if (shownCommit > commit) {
                tick = shownTick;
                commit = shownCommit;
            }
            isComplete = --missing == 0;
        }
        if (isComplete) {
            peer.answer(isArray ? joined() : answers[0], tick, commit);
        }
    }

    /** All answers as one array, or null when all requests were notifications. */
    private ByteBuf joined() {
        ByteBuf all = null;
        for (final ByteBuf answer : answers) {
            if (answer != null) {
                if (all == null) {
                    all = peer.newContent().writeByte('[');
                } else {
                    all.writeByte(',');
                }
                all.writeBytes(answer);
                answer.release();
            }
        }
        return all == null ? null : all.writeByte(']');
    }
}
