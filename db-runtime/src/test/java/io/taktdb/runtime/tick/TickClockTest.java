package io.taktdb.runtime.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines, without a clock: time is a number here. */
class TickClockTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {15, 30, 59, 60, 61, 120})
    @Tag("mi_3:test_event_loop_tickrate")
    void shouldNotDriftWhenRateDoesNotDivideASecond(final int rate) {
        final TickClock clock = new TickClock(rate, 1_000);
        for (int tick = 1; tick <= rate * 3_600; tick++) {
            assertFalse(clock.next(clock.deadlineNs() + 1_000));
        }
        // the first deadline was one period after the start, so an hour of ticks later it is an hour and one period
        assertTrue(Math.abs(1_000 + 3_600 * SECOND_NS + SECOND_NS / rate - clock.deadlineNs()) <= 1);
    }

    @Test
    void shouldStartNextTickAtOnceAndKeepGridWhenOverrunIsShort() {
        final TickClock clock = new TickClock(100, 0);
        final long period = clock.periodNs();
        assertTrue(clock.next(2 * period + 3), "the tick of point 1 ends just behind point 2");
        assertEquals(2 * period, clock.deadlineNs());
        assertFalse(clock.next(2 * period + 5));
        assertEquals(3 * period, clock.deadlineNs());
    }

    @Test
    @Tag("el_1:test_tick_execution_timing")
    void shouldSkipPointsAndNotBurstWhenOverrunIsLong() {
        final TickClock clock = new TickClock(100, 0);
        final long period = clock.periodNs();
        assertTrue(clock.next(7 * period + 3), "the tick of point 1 ends behind point 7");
        assertEquals(7 * period, clock.deadlineNs(), "one tick for all points that passed");
        assertFalse(clock.next(7 * period + 5));
        assertEquals(8 * period, clock.deadlineNs());
    }

    @Test
    void shouldStartNewGridWhenRateChanges() {
        final TickClock clock = new TickClock(60, 0);
        clock.changeRate(120, 500);
        assertEquals(500 + SECOND_NS / 120, clock.deadlineNs());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 14, 121, Integer.MAX_VALUE})
    @Tag("el_1:test_tickrate_configuration")
    void shouldNameTheLimitWhenRateIsOutOfRange(final int rate) {
        final DbException error = assertThrows(DbException.class, () -> LoopConfig.atRate(rate));
        assertTrue(error.getMessage().contains("tickRate=" + rate + ", limit=15..120"), error.getMessage());
    }
}
