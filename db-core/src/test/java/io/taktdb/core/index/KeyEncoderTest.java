package io.taktdb.core.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys sort as the values that they were made of. */
final class KeyEncoderTest {
    private static final int CUT = 40;

    private static byte[] key(final FieldType type, final byte[] value) {
        final KeyEncoder key = new KeyEncoder(CUT).clear();
        key.add(type, false, new UnsafeBuffer(value), 0, value.length);
        return Arrays.copyOf(key.bytes(), key.length());
    }

    private static byte[] little(final int bytes, final long bits) {
        return Arrays.copyOf(
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(bits)
                        .array(),
                bytes);
    }

    private static <T> void sameOrder(
            final FieldType type, final T a, final T b, final Comparator<T> order, final byte[] one, final byte[] two) {
        assertEquals(
                Integer.signum(order.compare(a, b)),
                Integer.signum(Arrays.compareUnsigned(key(type, one), key(type, two))),
                type + ": " + a + ", " + b);
    }

    @Property
    void shouldSortAsIntegersDo(@ForAll final long a, @ForAll final long b) {
        sameOrder(ScalarType.I64, a, b, Comparator.naturalOrder(), little(8, a), little(8, b));
        sameOrder(ScalarType.TIMESTAMP, a, b, Comparator.naturalOrder(), little(8, a), little(8, b));
        sameOrder(ScalarType.U64, a, b, Long::compareUnsigned, little(8, a), little(8, b));
        sameOrder(ScalarType.I32, (int) a, (int) b, Comparator.naturalOrder(), little(4, a), little(4, b));
        sameOrder(ScalarType.U32, (int) a, (int) b, Integer::compareUnsigned, little(4, a), little(4, b));
        sameOrder(ScalarType.I16, (short) a, (short) b, Comparator.naturalOrder(), little(2, a), little(2, b));
        sameOrder(ScalarType.U16, (short) a, (short) b, Short::compareUnsigned, little(2, a), little(2, b));
        sameOrder(ScalarType.I8, (byte) a, (byte) b, Comparator.naturalOrder(), little(1, a), little(1, b));
        sameOrder(ScalarType.U8, (byte) a, (byte) b, Byte::compareUnsigned, little(1, a), little(1, b));
    }

    @Property
    void shouldSortAsFloatsDo(@ForAll final double a, @ForAll final double b) {
        sameOrder(
                ScalarType.F64,
                a + 0.0,
                b + 0.0,
                Comparator.naturalOrder(),
                little(8, Double.doubleToRawLongBits(a)),
                little(8, Double.doubleToRawLongBits(b)));
    }

    @Test
    @Tag("ct_1:test_scalar_ordering")
    void shouldPlaceInfinitiesAndNotANumber() {
        final double[] order = {
            Double.NEGATIVE_INFINITY,
            -1e300,
            -1,
            -Double.MIN_VALUE,
            0,
            Double.MIN_VALUE,
            1,
            Double.POSITIVE_INFINITY,
            Double.NaN
        };
        for (int i = 1; i < order.length; i++) {
            final byte[] below = key(ScalarType.F64, little(8, Double.doubleToRawLongBits(order[i - 1])));
            final byte[] above = key(ScalarType.F64, little(8, Double.doubleToRawLongBits(order[i])));
            assertTrue(Arrays.compareUnsigned(below, above) < 0, order[i - 1] + " < " + order[i]);
        }
    }

    @Property
    void shouldSortAsBytesDoWhenNothingIsCut(
            @ForAll @Size(max = 18) final byte[] a, @ForAll @Size(max = 18) final byte[] b) {
        sameOrder(VariableType.BYTES, a, b, Arrays::compareUnsigned, a, b);
    }

    @Property
    void shouldNeverSortAgainstTheBytesWhenCut(
            @ForAll @Size(min = 30, max = 60) final byte[] a, @ForAll @Size(min = 30, max = 60) final byte[] b) {
        final int start = Integer.signum(Arrays.compareUnsigned(a, b));
        final int keys = Integer.signum(Arrays.compareUnsigned(key(VariableType.BYTES, a), key(VariableType.BYTES, b)));
        assertTrue(keys == start || keys == 0, start + ", " + keys);
    }

    @Test
    void shouldTieOnlyWhenCutTextsStartAlike() {
        final byte[] long1 = new byte[100];
        final byte[] long2 = new byte[101];
        final byte[] whole = new byte[CUT / 2];
        assertEquals(0, Arrays.compare(key(VariableType.BYTES, long1), key(VariableType.BYTES, long2)));
        assertTrue(Arrays.compareUnsigned(key(VariableType.BYTES, whole), key(VariableType.BYTES, long1)) < 0);
        assertEquals(CUT + 2, key(VariableType.BYTES, long1).length);
    }
}
