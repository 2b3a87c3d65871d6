package io.taktdb.persistence.snapshot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Says whether a page still has the bytes that it had: two polynomials of its 32-bit words, modulo 2^61 - 1, at two
 * points that are drawn at random for each process and never leave it.
 *
 * <pre>
 *   print(r) = length, then for each word w, little-endian, the last filled up with zeros: h = h * r + w mod 2^61 - 1
 * </pre>
 *
 * Two pages of n words have the same prints with a chance of at most (n / 2^61)^2, whoever chose their content: below
 * 2^-96 for a page of 48 KiB. Threading: one thread.
 */
final class PagePrint {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME = (1L << 61) - 1;
    private static final long WORD = 0xFFFF_FFFFL;

    private final long firstPoint;
    private final long secondPoint;
    private long first;
    private long second;

    PagePrint() {
        final SecureRandom random = new SecureRandom();
        firstPoint = random.nextLong() & PRIME;
        secondPoint = random.nextLong() & PRIME;
    }

    /** Computes both prints of the first bytes of an array. */
    void of(final byte[] bytes, final int length) {
        long a = length;
        long b = length;
        final int whole = length & -Long.BYTES;
        for (int at = 0; at < whole; at += Long.BYTES) {
            final long words = (long) LONGS.get(bytes, at);
            a = step(step(a, firstPoint, words & WORD), firstPoint, words >>> 32);
            b = step(step(b, secondPoint, words & WORD), secondPoint, words >>> 32);
        }
        if (whole < length) {
            long words = 0;
            for (int at = whole; at < length; at++) {
                words |= (bytes[at] & 0xFFL) << ((at - whole) << 3);
            }
            a = step(step(a, firstPoint, words & WORD), firstPoint, words >>> 32);
            b = step(step(b, secondPoint, words & WORD), secondPoint, words >>> 32);
        }
        first = a % PRIME;
        second = b % PRIME;
    }

    private static long step(final long hash, final long point, final long word) {
        final long low = hash * point;
        final long high = Math.multiplyHigh(hash, point);
        final long sum = (low & PRIME) + (low >>> 61 | high << 3) + word;
        return (sum & PRIME) + (sum >>> 61);
    }

    long first() {
        return first;
    }

    long second() {
        return second;
    }
}
