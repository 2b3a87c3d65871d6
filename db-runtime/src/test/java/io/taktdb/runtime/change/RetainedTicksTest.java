package io.taktdb.runtime.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetainedTicksTest {
    private final List<String> dropped = new ArrayList<>();

    private List<String> after(final RetainedTicks<String> ticks, final long tick) {
        final List<String> found = new ArrayList<>();
        ticks.after(tick, found::add);
        return found;
    }

    @Test
    void shouldHandOutWhatCameAfterAKnownTick() {
        final RetainedTicks<String> ticks = new RetainedTicks<>(100, 1000, dropped::add);
        ticks.restart(10);
        ticks.add(12, "twelve", 10);
        ticks.add(15, "fifteen", 10);
        assertEquals(List.of("twelve", "fifteen"), after(ticks, 10));
        assertEquals(List.of("fifteen"), after(ticks, 12));
        assertEquals(List.of("fifteen"), after(ticks, 14));
        assertEquals(List.of(), after(ticks, 15));
        assertTrue(ticks.knows(10));
        assertFalse(ticks.knows(9), "before the start");
        assertFalse(ticks.knows(16), "from another life of the server");
        assertEquals(20, ticks.bytes());
    }

    @Test
    void shouldForgetTheOldestWhenTooManyTicksHavePassed() {
        final RetainedTicks<String> ticks = new RetainedTicks<>(10, 1000, dropped::add);
        ticks.restart(1);
        ticks.add(5, "five", 10);
        ticks.advance(14);
        assertTrue(ticks.knows(4));
        ticks.advance(15);
        assertEquals(List.of("five"), dropped);
        assertFalse(ticks.knows(4));
        assertTrue(ticks.knows(5));
        ticks.advance(100);
        assertFalse(ticks.knows(89));
        assertTrue(ticks.knows(90));
    }

    @Test
    void shouldForgetTheOldestWhenTooManyBytesAreKept() {
        final RetainedTicks<String> ticks = new RetainedTicks<>(1000, 100, dropped::add);
        ticks.restart(1);
        ticks.add(2, "two", 60);
        ticks.add(3, "three", 60);
        assertEquals(List.of("two"), dropped);
        assertFalse(ticks.knows(1));
        assertEquals(List.of("three"), after(ticks, 2));
        assertEquals(60, ticks.bytes());
        ticks.add(4, "larger than all", 200);
        assertTrue(ticks.knows(4));
        assertFalse(ticks.knows(3));
        ticks.restart(9);
        assertEquals(List.of("two", "three", "larger than all"), dropped);
        assertFalse(ticks.knows(8));
    }
}
