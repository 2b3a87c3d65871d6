package io.taktdb.core.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseAgesTest {
    private static final long LIMIT_NS = 60;

    private final LeaseSlots slots = new LeaseSlots();
    private final LeaseAges ages = new LeaseAges(slots);
    private final List<LeaseAges.Overdue> reports = new ArrayList<>();

    private void check(final long nowNs) {
        ages.check(nowNs, LIMIT_NS, reports::add);
    }

    @Test
    void shouldReportALeaseOnceWithItsTakerWhenItIsTooOld() {
        final int slot = slots.claim();
        slots.reading(slot, 5);
        check(100);
        check(160);
        assertEquals(60, ages.oldestNs());
        assertEquals(List.of(), reports);
        check(161);
        check(200);
        assertEquals(100, ages.oldestNs());
        assertEquals(1, ages.overdue());
        assertEquals(1, reports.size());
        final LeaseAges.Overdue lease = reports.get(0);
        assertEquals(Thread.currentThread().getName(), lease.thread());
        assertEquals(5, lease.commit());
        assertEquals(61, lease.ageNs());
        assertTrue(
                Arrays.stream(lease.takenAt().getStackTrace())
                        .anyMatch(frame ->
                                frame.getMethodName().equals("shouldReportALeaseOnceWithItsTakerWhenItIsTooOld")),
                () -> Arrays.toString(lease.takenAt().getStackTrace()));
        slots.leave(slot);
        slots.unclaim(slot);
        check(300);
        assertEquals(0, ages.oldestNs());
        assertEquals(0, ages.overdue());
    }

    @Test
    void shouldCountAgeFromNewWhenASlotReadsAnotherVersion() {
        final int slot = slots.claim();
        for (int version = 0; version < 10; version++) {
            slots.reading(slot, version);
            check(version * 50L);
        }
        assertEquals(0, ages.oldestNs());
        assertEquals(List.of(), reports);
        check(511);
        assertEquals(1, ages.overdue());
        slots.reading(slot, 10);
        check(512);
        check(600);
        assertEquals(2, reports.size());
        assertEquals(10, reports.get(1).commit());
    }

    @Test
    void shouldReportAReaderThatStaysEntering() {
        slots.entering(slots.claim(), 7);
        check(0);
        check(61);
        assertEquals(7, reports.get(0).commit());
    }
}
