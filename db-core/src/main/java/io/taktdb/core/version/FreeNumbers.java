package io.taktdb.core.version;

import java.util.Arrays;

/** Page or block numbers that may be used again: a stack. Threading: tick thread. */
final class FreeNumbers {
    private int[] numbers = new int[0];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void push(final int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(16, size * 2));
        }
        numbers[size++] = number;
    }

    /** The number that {@link #pop} would answer. */
    int peek() {
        return numbers[size - 1];
    }

    int pop() {
        return numbers[--size];
    }
}
