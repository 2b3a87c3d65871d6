package io.taktdb.persistence.journal;

import java.util.Arrays;

/** One frame that was read and found valid; used again for the next. Threading: one thread. */
final class Frame {
    private byte[] body = new byte[1024];
    private int bodyBytes;
    private int kind;
    private long sequence;
    private long watermark;
    private long commit;
    private long tick;

    void head(
            final int newKind,
            final long newSequence,
            final long newWatermark,
            final long newCommit,
            final long newTick) {
        kind = newKind;
        sequence = newSequence;
        watermark = newWatermark;
        commit = newCommit;
        tick = newTick;
    }

    /** The array for a body of so many bytes. */
    byte[] body(final int bytes) {
        if (body.length < bytes) {
            body = Arrays.copyOf(new byte[0], bytes);
        }
        bodyBytes = bytes;
        return body;
    }

    /** The body's bytes, from 0 to {@link #bodyBytes()}. */
    byte[] body() {
        return body;
    }

    int bodyBytes() {
        return bodyBytes;
    }

    int kind() {
        return kind;
    }

    long sequence() {
        return sequence;
    }

    long watermark() {
        return watermark;
    }

    long commit() {
        return commit;
    }

    long tick() {
        return tick;
    }
}
