package io.taktdb.core.accessor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serializable;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class KernelCopiesTest {
    private static final long BIAS = 1000;

    private final int ownField = 5;

    interface Kernel extends Serializable {
        long run(int a, String b);
    }

    private static Kernel copyOf(final Kernel kernel) {
        final KernelCopies<Kernel> copies = new KernelCopies<>(Kernel.class, kernel);
        assertSame(kernel, copies.next());
        final Kernel copy = copies.next();
        assertNull(copies.problem());
        assertNotEquals(kernel.getClass(), copy.getClass());
        return copy;
    }

    @Test
    void shouldGiveEveryCopyItsOwnClass() {
        final KernelCopies<Kernel> copies = new KernelCopies<>(Kernel.class, (a, b) -> a);

        final Kernel original = copies.next();
        final Kernel first = copies.next();
        final Kernel second = copies.next();

        assertEquals(
                3,
                java.util.Set.of(original.getClass(), first.getClass(), second.getClass())
                        .size());
    }

    @Test
    void shouldKeepCapturedValuesOfAllKinds() {
        final long big = 1L << 40;
        final double half = 0.5;
        final boolean yes = true;
        final String text = "abc";

        final Kernel copy = copyOf((a, b) -> (yes ? big : 0) + (long) (a * half) + text.length() + b.length());

        assertEquals((1L << 40) + 2 + 3 + 1, copy.run(4, "x"));
    }

    @Test
    void shouldReachPrivateStateOfTheOriginalClass() {
        final Kernel copy = copyOf((a, b) -> BIAS + ownField + sum(a, 1) + twice(a));

        assertEquals(1000 + 5 + 3 + 4, copy.run(2, ""));
    }

    private int sum(final int a, final int b) {
        return a + b;
    }

    private static int twice(final int a) {
        return 2 * a;
    }

    @Test
    void shouldCopyMethodReferences() {
        assertEquals(7, copyOf(KernelCopiesTest::ofStatic).run(5, "ab"));
        assertEquals(12, copyOf(this::ofInstance).run(5, "ab"));
    }

    private static long ofStatic(final int a, final String b) {
        return (long) a + b.length();
    }

    private long ofInstance(final int a, final String b) {
        return (long) a + b.length() + ownField;
    }

    @Test
    void shouldRunLambdasInsideOfTheKernel() {
        final Kernel copy = copyOf((a, b) -> {
            final IntUnaryOperator inner = x -> x + a + ownField;
            final IntBinaryOperator other = Math::max;
            return inner.applyAsInt(other.applyAsInt(1, 3));
        });

        assertEquals(3 + 10 + 5, copy.run(10, ""));
    }

    private static class Counter implements Kernel {
        private static final long serialVersionUID = 1L;

        private long calls;

        @Override
        public long run(final int a, final String b) {
            calls++;
            return step(a) + calls;
        }

        long step(final int a) {
            return a;
        }
    }

    private static final class TenTimes extends Counter {
        private static final long serialVersionUID = 1L;

        @Override
        long step(final int a) {
            return 10L * a;
        }
    }

    @Test
    void shouldShareStateOfAnObjectWithItsCopy() {
        final Counter counter = new Counter();
        final Kernel copy = copyOf(counter);

        assertEquals(8, copy.run(7, ""));
        assertEquals(9, counter.run(7, ""));
        assertEquals(10, copy.run(7, ""));
    }

    @Test
    void shouldCallOverridingMethodFromCopiedBaseClass() {
        assertEquals(71, copyOf(new TenTimes()).run(7, ""));
    }

    private static final class CallsSuper extends Counter {
        private static final long serialVersionUID = 1L;

        @Override
        public long run(final int a, final String b) {
            return super.run(a, b) + 1;
        }
    }

    @Test
    void shouldGiveTheOriginalAndSayWhyWhenCodeCannotBeCopied() {
        final Kernel kernel = new CallsSuper();
        final KernelCopies<Kernel> copies = new KernelCopies<>(Kernel.class, kernel);
        copies.next();

        assertSame(kernel, copies.next());
        assertTrue(copies.problem().contains("calls super"), copies::problem);
    }

    @Test
    void shouldSayThatTheInterfaceMustBeSerializableWhenLambdaIsNot() {
        final Runnable kernel = () -> {};
        final KernelCopies<Runnable> copies = new KernelCopies<>(Runnable.class, kernel);
        copies.next();

        assertSame(kernel, copies.next());
        assertTrue(copies.problem().contains("Serializable"), copies::problem);
    }
}
