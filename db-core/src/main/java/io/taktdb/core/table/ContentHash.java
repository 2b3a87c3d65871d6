package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.Memory;
import java.util.Comparator;

/**
 * A 64-bit number for the rows of a table, whatever their order, layout and pages.
 *
 * <pre>
 *   mix(h, v)   = rotl(h ^ rotl(v * P2, 31) * P1, 27) * P1 + P4          a round of xxHash64 (Y. Collet)
 *   end(h)      = h ^ h >>> 33, times P2, ^ itself >>> 29, times P3, ^ itself >>> 32
 *   bytes(h, b) = h mixed with each 8 bytes, little-endian, the last filled up with zeros
 *   row         = end of: P5, mixed with the id, then per field in the order of field ids
 *                 mixed with field id * 2^32 + length in bytes and with the bytes; null: field id * 2^32 + 2^32 - 1
 *   rows        = sum of all rows
 * </pre>
 *
 * Since rows are summed, a change of one row changes the sum by the difference of two row hashes. Threading: as the
 * table that is read.
 */
public final class ContentHash {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final long NULL = (1L << 32) - 1;

    private final TableView table;
    private final TableLayout layout;
    private final FieldPlace[] places;
    private final long[] pages;

    private ContentHash(final TableView table) {
        this.table = table;
        this.layout = table.layout();
        this.places = layout.fields().stream()
                .sorted(Comparator.comparingInt(place -> place.field().id()))
                .toArray(FieldPlace[]::new);
        this.pages = new long[layout.groups().size()];
    }

    /** The hash of all rows of a table; 0 for none. */
    public static long ofRows(final TableView table) {
        return new ContentHash(table).sum();
    }

    /** Takes a number into a hash. */
    public static long mix(final long hash, final long value) {
        return Long.rotateLeft(hash ^ Long.rotateLeft(value * P2, 31) * P1, 27) * P1 + P4;
    }

    /** Spreads a hash that takes nothing more. */
    public static long end(final long hash) {
        long h = (hash ^ hash >>> 33) * P2;
        h = (h ^ h >>> 29) * P3;
        return h ^ h >>> 32;
    }

    private long sum() {
        final long rows = table.rowCount();
        final int inChunk = layout.rowsPerChunk() - 1;
        long sum = 0;
        for (long row = 0; row < rows; row++) {
            if ((row & inChunk) == 0) {
                for (int group = 0; group < pages.length; group++) {
                    pages[group] = table.group(group).address((int) (row >>> layout.chunkShift()));
                }
            }
            sum += row((int) row & inChunk);
        }
        return sum;
    }

    private long row(final int row) {
        long hash = mix(P5, Memory.getLong(pages[0] + (long) row * layout.id().stride()));
        for (final FieldPlace place : places) {
            final long page = pages[place.group()];
            final long field = (long) place.field().id() << 32;
            if (place.isOptional() && !Presence.get(place, page, row)) {
                hash = mix(hash, field | NULL);
                continue;
            }
            final long address = page + place.offset() + (long) row * place.stride();
            if (place.field().type().isVariable()) {
                final int length = HeapReference.length(address);
                hash = bytes(mix(hash, field | length), HeapReference.valueAddress(table, address), length);
            } else {
                hash = bytes(mix(hash, field | place.bytes()), address, place.bytes());
            }
        }
        return end(hash);
    }

    private static long bytes(final long start, final long address, final int length) {
        long hash = start;
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            hash = mix(hash, Memory.getLong(address + done));
        }
        if (done < length) {
            long rest = 0;
            for (int shift = 0; done < length; done++, shift += Byte.SIZE) {
                rest |= (Memory.getByte(address + done) & 0xFFL) << shift;
            }
            hash = mix(hash, rest);
        }
        return hash;
    }
}
