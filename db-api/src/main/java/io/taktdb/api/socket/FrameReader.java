package io.taktdb.api.socket;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a client's bytes into messages, and refuses what RFC 6455 does not allow.
 *
 * <pre>
 *   byte 0   FIN 1 | RSV 3 | opcode 4        0 continuation, 1 text, 2 binary, 8 close, 9 ping, 10 pong
 *   byte 1   MASK 1 | length 7               126: two bytes of length follow; 127: eight; the shortest form only
 *            masking key 4                   always, from a client
 *            payload                         at most 125 bytes in control frames, which are never fragments
 * </pre>
 *
 * Memory grows with what has arrived, never with what was announced; text is checked as it arrives. Threading: one
 * event loop.
 */
final class FrameReader {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int MAX_CONTROL = 125;
    private static final int NO_MESSAGE = -1;
    private static final int FIRST_BYTES = 128;

    private final int maxMessage;
    private final Receiver receiver;
    private final Utf8Check utf8 = new Utf8Check();
    private final byte[] head = new byte[14];
    private final byte[] control = new byte[MAX_CONTROL];
    private int headBytes;
    private int headNeeded = 2;
    private boolean isInPayload;
    private boolean isFinal;
    private int opcode;
    private int messageOpcode = NO_MESSAGE;
    private byte[] message = {};
    private int messageLength;
    private int controlLength;
    private long payloadLeft;
    private int maskIndex;

    /** Who gets what was read. */
    interface Receiver {
        /** A whole message; the bytes are the receiver's. */
        void message(byte[] bytes, int length, boolean isText);

        /** A ping that wants its bytes back. */
        void ping(byte[] bytes, int length);

        /** An answer to a ping, or none. */
        void pong();

        /**
         * The client ends the connection; nothing follows.
         *
         * @param code the client's, or {@link SocketFault#NORMAL} if it gave none
         */
        void close(int code);

        /** More bytes of an unfinished message are kept, or fewer. */
        void keeps(int moreBytes);
    }

    /**
     * @param maxMessage the most bytes of a message
     */
    FrameReader(final int maxMessage, final Receiver receiver) {
        this.maxMessage = maxMessage;
        this.receiver = receiver;
    }

    /**
     * Reads until the next message or control frame is complete, or the bytes are used up.
     *
     * @return whether anything was complete
     * @throws SocketFault what came is not allowed
     */
    boolean readOne(final ByteBuf in) {
        while (in.isReadable()) {
            if (!isInPayload) {
                readHead(in);
            }
            if (isInPayload && readPayload(in)) {
                isInPayload = false;
                headBytes = 0;
                headNeeded = 2;
                if (endFrame()) {
                    return true;
                }
            }
        }
        return false;
    }

    private void readHead(final ByteBuf in) {
        while (headBytes < headNeeded && in.isReadable()) {
            head[headBytes++] = in.readByte();
            if (headBytes == 1) {
                firstByte(head[0] & 0xFF);
            } else if (headBytes == 2) {
                secondByte(head[1] & 0xFF);
            }
        }
        if (headBytes == headNeeded) {
            beginPayload();
        }
    }

    private void firstByte(final int b) {
        isFinal = (b & 0x80) != 0;
        opcode = b & 0x0F;
        if ((b & 0x70) != 0) {
            throw fault("reserved bits are set and no extension was agreed on");
        }
        if (opcode > BINARY && (opcode < CLOSE || opcode > PONG)) {
            throw fault("no such opcode: opcode=" + opcode);
        }
        if (opcode >= CLOSE && !isFinal) {
            throw fault("a control frame cannot be a fragment: opcode=" + opcode);
        }
        if (opcode == CONTINUATION && messageOpcode == NO_MESSAGE) {
            throw fault("nothing to continue");
        }
        if ((opcode == TEXT || opcode == BINARY) && messageOpcode != NO_MESSAGE) {
            throw fault("a new message before the last one is complete");
        }
    }

    private void secondByte(final int b) {
        if ((b & 0x80) == 0) {
            throw fault("a client's frames are masked");
        }
        final int length = b & 0x7F;
        if (opcode >= CLOSE && length > MAX_CONTROL) {
            throw fault("control frame is too long: limit=" + MAX_CONTROL + " bytes");
        }
        headNeeded = 2 + (length == 126 ? Short.BYTES : length == 127 ? Long.BYTES : 0) + Integer.BYTES;
    }

    private void beginPayload() {
        final int length = head[1] & 0x7F;
        final int lengthEnd = headNeeded - Integer.BYTES;
        long bytes = length;
        if (length > MAX_CONTROL) {
            bytes = 0;
            for (int i = 2; i < lengthEnd; i++) {
                bytes = bytes << Byte.SIZE | head[i] & 0xFF;
            }
            if (bytes < 0 || bytes <= MAX_CONTROL || length == 127 && bytes <= 0xFFFF) {
                throw fault("length is not in its shortest form");
            }
        }
        if (opcode < CLOSE && bytes > maxMessage - messageLength) {
            throw new SocketFault(SocketFault.TOO_LARGE, "message is too large: limit=" + maxMessage + " bytes");
        }
        if (opcode == TEXT || opcode == BINARY) {
            messageOpcode = opcode;
        }
        payloadLeft = bytes;
        maskIndex = 0;
        controlLength = 0;
        isInPayload = true;
    }

    /** Takes what is there of the payload. Returns whether it is complete. */
    private boolean readPayload(final ByteBuf in) {
        final int count = (int) Math.min(payloadLeft, in.readableBytes());
        if (opcode >= CLOSE) {
            in.readBytes(control, controlLength, count);
            unmask(control, controlLength, count);
            controlLength += count;
        } else if (count > 0) {
            ensure(count);
            in.readBytes(message, messageLength, count);
            unmask(message, messageLength, count);
            if (messageOpcode == TEXT && !utf8.accept(message, messageLength, messageLength + count)) {
                throw notUtf8();
            }
            messageLength += count;
        }
        payloadLeft -= count;
        return payloadLeft == 0;
    }

    private void unmask(final byte[] bytes, final int from, final int count) {
        final int key = headNeeded - Integer.BYTES;
        for (int i = from; i < from + count; i++) {
            bytes[i] ^= head[key + (maskIndex++ & 3)];
        }
    }

    private void ensure(final int more) {
        final int needed = messageLength + more;
        if (needed > message.length) {
            // a message in one piece gets what it needs; one that grows gets twice as much each time
            final int doubled = (int) Math.min(2L * message.length, maxMessage);
            final int wanted = messageLength == 0 && more >= payloadLeft ? needed : Math.max(FIRST_BYTES, doubled);
            final int capacity = Math.max(needed, wanted);
            receiver.keeps(capacity - message.length);
            message = Arrays.copyOf(message, capacity);
        }
    }

    /** Returns whether a message or control frame is complete. */
    private boolean endFrame() {
        if (opcode >= CLOSE) {
            endControl();
            return true;
        }
        if (!isFinal) {
            return false;
        }
        final boolean isText = messageOpcode == TEXT;
        if (isText && !utf8.isComplete()) {
            throw notUtf8();
        }
        final byte[] whole = message;
        final int length = messageLength;
        dropMessage();
        receiver.message(whole, length, isText);
        return true;
    }

    /** Forgets what has come of a message. */
    void dropMessage() {
        receiver.keeps(-message.length);
        message = new byte[0];
        messageLength = 0;
        messageOpcode = NO_MESSAGE;
        utf8.reset();
    }

    private void endControl() {
        if (opcode == PING) {
            receiver.ping(control, controlLength);
        } else if (opcode == PONG) {
            receiver.pong();
        } else {
            receiver.close(closeCode());
        }
    }

    private int closeCode() {
        if (controlLength == 0) {
            return SocketFault.NORMAL;
        }
        if (controlLength == 1) {
            throw fault("close code is cut short");
        }
        final int code = (control[0] & 0xFF) << Byte.SIZE | control[1] & 0xFF;
        final boolean isDefined = code >= 1000 && code <= 1003 || code >= 1007 && code <= 1014;
        if (!isDefined && (code < 3000 || code > 4999)) {
            throw fault("no such close code: code=" + code);
        }
        final Utf8Check reason = new Utf8Check();
        if (!reason.accept(control, 2, controlLength) || !reason.isComplete()) {
            throw new SocketFault(SocketFault.INVALID_PAYLOAD, "close reason is not UTF-8");
        }
        return code;
    }

    private static SocketFault fault(final String reason) {
        return new SocketFault(SocketFault.PROTOCOL_ERROR, reason);
    }

    private static SocketFault notUtf8() {
        return new SocketFault(SocketFault.INVALID_PAYLOAD, "text is not UTF-8");
    }

    /** A reason as it fits into a close frame. */
    static byte[] reasonBytes(final String reason) {
        final byte[] bytes = reason.getBytes(StandardCharsets.US_ASCII);
        return bytes.length <= MAX_CONTROL - 2 ? bytes : Arrays.copyOf(bytes, MAX_CONTROL - 2);
    }
}
