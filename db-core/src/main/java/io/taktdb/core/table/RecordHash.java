package io.taktdb.core.table;

import io.taktdb.types.schema.Field;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A number that says whether a record is as it was: what clients hold as its {@code ETag}.
 *
 * <p>It is made of the record's values and the ids of their fields, in declared order, nulls left out; so a new field
 * without a default does not change it. 64 bits, mixed as in MurmurHash3: two states of one record have the same with a
 * probability of 2⁻⁶⁴, unless somebody looks for them. Threading: one thread.
 */
public final class RecordHash {
    private static final long FACTOR_1 = 0x87c37b91114253d5L;
    private static final long FACTOR_2 = 0x4cf5ad432745937fL;

    private long hash;

    /** The hash of the record that a reader stands on. */
    public static long of(final RowReader reader, final List<Field> fields) {
        final RecordHash hash = new RecordHash();
        for (int i = 0; i < fields.size(); i++) {
            if (!reader.isNull(i)) {
                hash.add(fields.get(i).id(), reader.buffer(i), reader.offset(i), reader.length(i));
            }
        }
        return hash.value();
    }

    /** Adds the value of a field. */
    public void add(final int fieldId, final DirectBuffer value, final int offset, final int length) {
        mix((long) fieldId << Integer.SIZE | length);
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            mix(value.getLong(offset + at, ByteOrder.LITTLE_ENDIAN));
        }
        if (at < length) {
            long rest = 0;
            for (; at < length; at++) {
                rest = rest << Byte.SIZE | value.getByte(offset + at) & 0xFF;
            }
            mix(rest);
        }
    }

    private void mix(final long bits) {
        hash ^= Long.rotateLeft(bits * FACTOR_1, 31) * FACTOR_2;
        hash = Long.rotateLeft(hash, 27) * 5 + 0x52dce729;
    }

    /** The hash of what was added. */
    public long value() {
        long value = hash;
        value = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        value = (value ^ value >>> 33) * 0xc4ceb9fe1a85ec53L;
        return value ^ value >>> 33;
    }
}
