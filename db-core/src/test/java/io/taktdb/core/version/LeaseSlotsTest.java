package io.taktdb.core.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaseSlotsTest {
    private final LeaseSlots slots = new LeaseSlots();

    private int reading(final long version) {
        final int slot = slots.claim();
        slots.reading(slot, version);
        return slot;
    }

    @Test
    void shouldHoldExactlyTheVersionsThatAreRead() {
        reading(5);
        reading(9);
        reading(9);
        slots.scan();
        assertEquals(2, slots.heldVersions());
        assertTrue(slots.isHeld(5, 6));
        assertTrue(slots.isHeld(0, 6));
        assertTrue(slots.isHeld(9, 100));
        assertFalse(slots.isHeld(0, 5), "the end is exclusive");
        assertFalse(slots.isHeld(6, 9), "between two held ones");
        assertFalse(slots.isHeld(10, 100));
        assertFalse(slots.isHeld(5, 5), "shown in no version");
    }

    @Test
    void shouldHoldAllThatComesAfterItWhenAReaderIsEntering() {
        final int slot = slots.claim();
        slots.entering(slot, 7);
        slots.scan();
        assertFalse(slots.isHeld(3, 7), "the reader saw 7, it cannot get an older one");
        assertTrue(slots.isHeld(3, 8));
        assertTrue(slots.isHeld(7, 8));
        assertTrue(slots.isHeld(20, 30), "it may get any later one");
        slots.reading(slot, 12);
        slots.scan();
        assertFalse(slots.isHeld(7, 8));
        assertTrue(slots.isHeld(12, 13));
    }

    @Test
    void shouldTellVersionZeroFromAnIdleSlot() {
        final int slot = slots.claim();
        slots.entering(slot, 0);
        slots.scan();
        assertTrue(slots.isHeld(0, 1));
        slots.reading(slot, 0);
        slots.scan();
        assertTrue(slots.isHeld(0, 1));
        assertFalse(slots.isHeld(1, 2));
        assertEquals(1, slots.openLeases());
        slots.leave(slot);
        slots.scan();
        assertFalse(slots.isHeld(0, 1));
        assertEquals(0, slots.openLeases());
    }

    @Test
    void shouldUseTheLastScanWhenLeasesChangeAfterIt() {
        final int slot = reading(4);
        slots.scan();
        slots.leave(slot);
        assertTrue(slots.isHeld(4, 5), "the answer is for the time of the scan");
    }

    @Test
    void shouldRefuseMoreLeasesThanSlots() {
        final Set<Integer> claimed = new HashSet<>();
        for (int i = 0; i < LeaseSlots.MAX_SLOTS; i++) {
            assertTrue(claimed.add(reading(i)));
        }
        slots.scan();
        assertEquals(LeaseSlots.MAX_SLOTS, slots.heldVersions());
        assertTrue(slots.isHeld(LeaseSlots.MAX_SLOTS - 1, LeaseSlots.MAX_SLOTS));
        assertEquals(
                ErrorCode.OVERLOADED,
                assertThrows(DbException.class, slots::claim).code());
        slots.leave(77);
        slots.unclaim(77);
        assertEquals(77, slots.claim());
    }
}
