package io.taktdb.persistence.journal;

import io.taktdb.runtime.command.CommandOp;
import java.util.zip.CRC32C;

/**
 * Layout of a journal: segment files {@code NNN.journal}, numbered in order, each a header and then frames back to
 * back. All numbers are little-endian.
 *
 * <pre>
 *   Segment header, twice: at 0 and at 2048; zeros behind each; frames begin at 4096
 *   OFFSET  SIZE  DESCRIPTION
 *        0     8  magic, the letters TAKTJRNL
 *        8     4  format version: 1, or 2 if it is encrypted
 *       12     4  flags: 1 = its commits do not follow from files before; a snapshot must carry them
 *       16     8  number of the segment, as in its name
 *       24     8  bytes of the file, from its making on
 *       32     8  salt, random: starts every CRC of the segment, so that nothing in a command looks like a frame
 *       40     8  sequence of the first frame
 *       48     8  sequence up to which the segments before were durable when this one was made
 *       56     8  base: the commit that the first one in here follows
 *       64     8  seed of the world
 *       72     8  id of the key that its frames are encrypted with, 0: they are not
 *       80     8  salt of that, random
 *       88     4  zero
 *       92     4  CRC32C of bytes 0 to 91
 *
 *   Frame, at a multiple of 8
 *   OFFSET  SIZE  DESCRIPTION
 *        0     4  magic, the letters TJF1
 *        4     4  kind
 *        8     8  n, bytes of the body
 *       16     8  sequence: one more than that of the frame before
 *       24     8  watermark: all frames up to this sequence were durable when this one was written
 *       32     8  commit, see the kind
 *       40     8  tick, see the kind
 *       48     4  zero
 *       52     4  CRC32C of the salt and of bytes 0 to 51
 *       56     n  body
 *     56+n     4  CRC32C of the salt, of the sequence, and of the body
 *     60+n     *  zeros up to a multiple of 8
 *
 *   KIND        COMMIT AND TICK          BODY
 *   1 world     base, 0                  UTF-8: with what code the commits are made, one line each
 *   2 commit    its own                  8 time in µs; 4 ticks a second; 1: 1 = systems ran; 1 zero; 2 f: systems
 *                                        taken back; 4 c: commands; f times 2: position of such a system; c times:
 *                                        8 number within the tick, 1 k, 4 n, k the client's key (1 m, m its name,
 *                                        the rest the print of the request), n the command
 *                                        ({@link CommandOp})
 *   3 ticks     those of the first       8 time of the first in µs; 4 ticks a second; 4 c: so many ticks in a row, each
 *                                        one commit without commands; c-1 times: µs after the one before, 7 bits to a
 *                                        byte, low bits first, the high bit set where more follow
 *   4 snapshot  those of a snapshot      8 hash of its state: the snapshot is durable
 *   5 mark      the last ones            nothing: it brings the watermark
 *   6 end       the last ones            nothing: the segment is full, another was made
 *   7 hash      those of a state         8 hash of the state; 4 t: tables; t times: 4 n, n the table's name in UTF-8, 8
 *                                        its hash; it comes behind its commit, else it counts for nothing
 * </pre>
 *
 * In an encrypted segment a body is sealed by AES-GCM and 16 bytes longer; n and the CRC are those of the sealed body.
 * The key of the segment comes from the named one and both salts, the nonce is the sequence, and bytes 0 to 51 of the
 * frame are proven with it: so a frame is only valid where it was written.
 *
 * <p>A journal is valid if
 *
 * <ol>
 *   <li>every segment has a valid header, that of its name, and as many bytes as the header says;
 *   <li>its frames are valid one after the other, with sequences that count up from the header's first;
 *   <li>what follows the last frame is not below a watermark: no frame behind it, and no later segment's header, says
 *       that its sequence was durable;
 *   <li>a segment with an end frame is followed by another;
 *   <li>commits count up by one, over segments too, except into one with flag 1.
 * </ol>
 *
 * A commit that restores another world is not in a journal: a segment with flag 1 follows it.
 *
 * <p>Reading: list the segments; begin with the last one whose base is not behind the snapshot. Go from frame to frame.
 * At the first that is not valid, look at every multiple of 8 behind it for a frame head of this segment: if one has a
 * watermark that covers the sequence wanted, frames that were durable are damaged. Else it is a torn tail: it was never
 * acknowledged and ends the segment. A segment with flag 1 whose base lies behind the commits read so far, and in or
 * after which no snapshot frame follows, was never acknowledged either: the journal ends before it.
 */
final class JournalFormat {
    static final int VERSION = 2;

    static final long MAGIC = 0x4C4E_524A_544B_4154L; // "TAKTJRNL", little-endian
    static final int HEADER_BYTES = 96;
    static final int HEADER_COPY = 2048;
    static final int HEADER_CRC = 92;
    static final int FRAMES = 4096;
    static final int NEEDS_SNAPSHOT = 1;

    static final int FRAME_MAGIC = 0x3146_4A54; // "TJF1", little-endian
    static final int FRAME_HEAD_BYTES = 56;
    static final int FRAME_HEAD_CRC = 52;
    static final int FRAME_ALIGNMENT = 8;

    static final int WORLD = 1;
    static final int COMMIT = 2;
    static final int TICKS = 3;
    static final int SNAPSHOT = 4;
    static final int MARK = 5;
    static final int END = 6;
    static final int HASH = 7;

    private JournalFormat() {}

    /** Bytes of a frame in the file. */
    static long frameBytes(final long bodyBytes) {
        return FRAME_HEAD_BYTES + bodyBytes + Integer.BYTES + FRAME_ALIGNMENT - 1 & -FRAME_ALIGNMENT;
    }

    /** Starts a checksum with a number. */
    static void restart(final CRC32C crc, final long number) {
        crc.reset();
        update(crc, number);
    }

    /** Adds a number to a checksum. */
    static void update(final CRC32C crc, final long number) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            crc.update((int) (number >>> shift) & 0xFF);
        }
    }
}
