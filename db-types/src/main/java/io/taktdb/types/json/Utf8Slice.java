package io.taktdb.types.json;

import com.fasterxml.jackson.core.SerializableString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** JSON text that lies in a buffer, handed to a generator that copies it as it is. Threading: one thread. */
final class Utf8Slice implements SerializableString {
    private final DirectBuffer buffer;
    private final int offset;
    private final int length;

    Utf8Slice(final DirectBuffer buffer, final int offset, final int length) {
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
    }

    @Override
    public String getValue() {
        return new String(asUnquotedUTF8(), StandardCharsets.UTF_8);
    }

    @Override
    public int charLength() {
        return getValue().length();
    }

    @Override
    public byte[] asUnquotedUTF8() {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }

    @Override
    public int appendUnquotedUTF8(final byte[] target, final int at) {
        if (length > target.length - at) {
            return -1;
        }
        buffer.getBytes(offset, target, at, length);
        return length;
    }

    @Override
    public int writeUnquotedUTF8(final OutputStream out) throws IOException {
        out.write(asUnquotedUTF8());
        return length;
    }

    @Override
    public int putUnquotedUTF8(final ByteBuffer out) {
        if (length > out.remaining()) {
            return -1;
        }
        out.put(asUnquotedUTF8());
        return length;
    }

    @Override
    public int appendUnquoted(final char[] target, final int at) {
        final String text = getValue();
        if (text.length() > target.length - at) {
            return -1;
        }
        text.getChars(0, text.length(), target, at);
        return text.length();
    }

    @Override
    public char[] asQuotedChars() {
        throw quoting();
    }

    @Override
    public byte[] asQuotedUTF8() {
        throw quoting();
    }

    @Override
    public int appendQuotedUTF8(final byte[] target, final int at) {
        throw quoting();
    }

    @Override
    public int appendQuoted(final char[] target, final int at) {
        throw quoting();
    }

    @Override
    public int writeQuotedUTF8(final OutputStream out) {
        throw quoting();
    }

    @Override
    public int putQuotedUTF8(final ByteBuffer out) {
        throw quoting();
    }

    private static IllegalStateException quoting() {
        return new IllegalStateException("JSON text is written raw and never quoted");
    }
}
