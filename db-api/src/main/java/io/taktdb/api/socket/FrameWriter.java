package io.taktdb.api.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Frames of a server: never masked, never fragments, lengths in their shortest form. Threading: none of its own. */
final class FrameWriter {
    private static final int FINAL = 0x80;
    private static final int MAX_HEAD = 10;

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private FrameWriter() {}

    /** The head of a frame, with room for some of its payload. */
    static ByteBuf head(final ByteBufAllocator allocator, final int opcode, final int payload, final int room) {
        final ByteBuf head = allocator.directBuffer(MAX_HEAD + room);
        head.writeByte(FINAL | opcode);
        if (payload < 126) {
            head.writeByte(payload);
        } else if (payload <= 0xFFFF) {
            head.writeByte(126).writeShort(payload);
        } else {
            head.writeByte(127).writeLong(payload);
        }
        return head;
    }

    /** A control frame. */
    static ByteBuf control(
            final ByteBufAllocator allocator, final int opcode, final byte[] payload, final int from, final int to) {
        return head(allocator, opcode, to - from, to - from).writeBytes(payload, from, to - from);
    }

    /** A close frame. */
    static ByteBuf close(final ByteBufAllocator allocator, final int code, final String reason) {
        final byte[] text = FrameReader.reasonBytes(reason);
        return head(allocator, CLOSE, Short.BYTES + text.length, Short.BYTES + text.length)
                .writeShort(code)
                .writeBytes(text);
    }
}
