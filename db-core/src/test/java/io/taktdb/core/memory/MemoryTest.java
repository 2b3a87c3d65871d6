package io.taktdb.core.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.taktdb.core.testing.OffHeapLeakCheck;
import java.util.Arrays;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OffHeapLeakCheck.class)
class MemoryTest {
    private static final int BYTES = 400;

    private final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
    private final long from = Block.allocate(BYTES, budget, "from");
    private final long to = Block.allocate(BYTES, budget, "to");

    @AfterEach
    void close() {
        Block.free(from, BYTES, budget);
        Block.free(to, BYTES, budget);
    }

    private static byte[] bytes(final long address) {
        final byte[] bytes = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            bytes[i] = Memory.getByte(address + i);
        }
        return bytes;
    }

    /** Every length around the border between words in a loop and bulk copies, at every alignment. */
    @Test
    void shouldCopyAndZeroExactlyTheGivenBytes() {
        final byte[] source = new byte[BYTES];
        new Random(7).nextBytes(source);
        for (int i = 0; i < BYTES; i++) {
            Memory.putByte(from + i, source[i]);
        }
        for (int length = 0; length < 140; length++) {
            for (int offset = 0; offset < 9; offset++) {
                final byte[] expected = new byte[BYTES];
                Arrays.fill(expected, (byte) 0x55);
                System.arraycopy(source, 3, expected, offset, length);
                Memory.fill(to, BYTES, (byte) 0x55);
                Memory.copy(from + 3, to + offset, length);
                assertArrayEquals(expected, bytes(to), "address to address, length=" + length);
                Memory.fill(to, BYTES, (byte) 0x55);
                Memory.copy(source, 3, to + offset, length);
                assertArrayEquals(expected, bytes(to), "array to address, length=" + length);
                Memory.fill(to, BYTES, (byte) 0x55);
                Memory.copy(new UnsafeBuffer(source, 1, BYTES - 1), 2, to + offset, length);
                assertArrayEquals(expected, bytes(to), "buffer to address, length=" + length);
                final byte[] array = new byte[BYTES];
                Arrays.fill(array, (byte) 0x55);
                Memory.copy(from + 3, array, offset, length);
                assertArrayEquals(expected, array, "address to array, length=" + length);
                Memory.zero(to + offset, length);
                Arrays.fill(expected, offset, offset + length, (byte) 0);
                assertArrayEquals(expected, bytes(to), "zero, length=" + length);
            }
        }
    }

    @Test
    void shouldCheckArraysAndBuffersBeforeItCopies() {
        final byte[] array = new byte[10];
        assertThrows(IndexOutOfBoundsException.class, () -> Memory.copy(from, array, 5, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> Memory.copy(array, -1, to, 5));
        assertThrows(IndexOutOfBoundsException.class, () -> Memory.copy(new UnsafeBuffer(array), 5, to, 6));
        assertThrows(IndexOutOfBoundsException.class, () -> Memory.copy(new ExpandableArrayBuffer(16), 10, to, 7));
    }

    @Test
    void shouldSetAndClearSingleBits() {
        Memory.zero(to, 1);
        for (int bit = 0; bit < 8; bit++) {
            Memory.setBit(to, bit);
            assertEquals(1 << bit, Memory.getByte(to) & 0xFF);
            assertEquals(true, Memory.getBit(to, bit));
            Memory.clearBit(to, bit);
            assertEquals(false, Memory.getBit(to, bit));
        }
        assertEquals(0, Memory.getByte(to));
    }

    @Test
    void shouldReadTheLowBytesWithoutSign() {
        Memory.putLong(to, -2);
        assertEquals(0xFE, Memory.getBits(to, 1));
        assertEquals(0xFFFE, Memory.getBits(to, 2));
        assertEquals(0xFFFF_FFFEL, Memory.getBits(to, 4));
        assertEquals(-2, Memory.getBits(to, 8));
    }
}
