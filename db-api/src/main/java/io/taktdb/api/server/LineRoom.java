package io.taktdb.api.server;

import java.nio.charset.StandardCharsets;

/**
 * Room for one line of a request's head, and the short texts that lines of late had: names and values of header fields
 * come again and again, and need not be made anew.
 *
 * <p>Bounded: {@value #SLOTS} texts of at most {@value #MAX_LENGTH} characters, the last of each hash; secrets are
 * longer. Threading: one event loop.
 */
final class LineRoom {
    private static final int SLOTS = 512;
    private static final int MAX_LENGTH = 32;

    private final byte[] bytes;
    private final String[] texts = new String[SLOTS];

    /**
     * @param lineBytes the longest line
     */
    LineRoom(final int lineBytes) {
        bytes = new byte[lineBytes];
    }

    /** Where the line stands. */
    byte[] bytes() {
        return bytes;
    }

    /** A part of the line as text, each byte one character. */
    String text(final int start, final int end) {
        if (end - start > MAX_LENGTH) {
            return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        }
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        final int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        final String known = texts[slot];
        if (known != null && isSame(known, start, end)) {
            return known;
        }
        final String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        texts[slot] = text;
        return text;
    }

    private boolean isSame(final String text, final int start, final int end) {
        if (text.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (text.charAt(i - start) != (bytes[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
