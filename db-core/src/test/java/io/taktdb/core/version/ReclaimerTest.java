package io.taktdb.core.version;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReclaimerTest {
    private final LeaseSlots slots = new LeaseSlots();
    private final Reclaimer reclaimer = new Reclaimer(slots);
    private final List<Long> gone = new ArrayList<>();

    private void commit() {
        slots.scan();
        reclaimer.reclaim();
    }

    @Test
    @Tag("ab_1:test_reference_counting")
    @Tag("ab_2:test_stale_references_dropped")
    void shouldGiveBackInOrderWhatNobodySees() {
        for (int i = 0; i < 1_000; i++) {
            reclaimer.retire(0, 1, gone::add, i);
        }
        assertEquals(1_000, reclaimer.waiting());
        commit();
        assertEquals(LongStream.range(0, 1_000).boxed().toList(), gone);
        assertEquals(0, reclaimer.waiting());
    }

    @Test
    void shouldKeepWhatALeaseSees() {
        final int slot = slots.claim();
        slots.reading(slot, 5);
        for (int i = 0; i < 10; i++) {
            reclaimer.retire(i, i + 1, gone::add, i);
        }
        commit();
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 6L, 7L, 8L, 9L), gone);
        commit();
        assertEquals(1, reclaimer.waiting());
        slots.leave(slot);
        commit();
        assertEquals(5L, gone.get(9));
    }

    @Test
    @Tag("ab_2:test_buffer_lifetime_management")
    void shouldKeepUpWhenEveryCommitRetiresMoreThanItsBound() {
        final int slot = slots.claim();
        slots.reading(slot, 0);
        for (int i = 0; i < 5_000; i++) {
            reclaimer.retire(0, 1, gone::add, -1); // seen all the time
        }
        final int perCommit = 3 * Reclaimer.CHECKS_PER_COMMIT;
        int most = 0;
        for (int commit = 1; commit <= 50; commit++) {
            for (int i = 0; i < perCommit; i++) {
                reclaimer.retire(commit, commit + 1L, gone::add, commit);
            }
            commit();
            most = Math.max(most, reclaimer.waiting());
        }
        assertEquals(true, most < 5_000 + 2 * perCommit, "most waiting: " + most);
        slots.leave(slot);
        while (reclaimer.waiting() > 0) {
            commit();
        }
        assertEquals(5_000 + 50L * perCommit, gone.size());
        assertEquals(5_000, gone.stream().filter(what -> what == -1).count());
    }
}
