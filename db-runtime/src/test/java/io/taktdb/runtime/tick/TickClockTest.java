package io.taktdb.runtime.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deadlines, without a clock: time is a number here. */
class TickClockTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {15, 30, 59, 60, 61, 120})
    void shouldNotDriftWhenRateDoesNotDivideASecond(final int rate) {
        final TickClock clock = new TickClock(rate, 1_000);
        for (int tick = 1; tick <= rate * 3_600; tick++) {
            assertFalse(clock.next(clock.deadlineNs() + 1_000));
        }
        // the first deadline was one period after the start, so an hour of ticks later it is an hour and one period
        assertTrue(Math.abs(1_000 + 3_600 * SECOND_NS + SECOND_NS / rate - clock.deadlineNs()) <= 1);
    }

    @Test
    void shouldStartNextTickAtOnceAndNotBurstWhenOverrun() {
        final TickClock clock = new TickClock(60, 0);
        final long period = clock.periodNs();
        final long endOfLongTick = clock.deadlineNs() + 5 * period;
        assertTrue(clock.next(endOfLongTick));
        assertEquals(endOfLongTick, clock.deadlineNs());
        assertFalse(clock.next(endOfLongTick + 1_000));
        assertTrue(Math.abs(endOfLongTick + period - clock.deadlineNs()) <= 1);
    }

    @Test
    void shouldStartNewGridWhenRateChanges() {
        final TickClock clock = new TickClock(60, 0);
        clock.changeRate(120, 500);
        assertEquals(500 + SECOND_NS / 120, clock.deadlineNs());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 14, 121, Integer.MAX_VALUE})
    void shouldNameTheLimitWhenRateIsOutOfRange(final int rate) {
        final DbException error = assertThrows(DbException.class, () -> LoopConfig.atRate(rate));
        assertTrue(error.getMessage().contains("tickRate=" + rate + ", limit=15..120"), error.getMessage());
    }
}
