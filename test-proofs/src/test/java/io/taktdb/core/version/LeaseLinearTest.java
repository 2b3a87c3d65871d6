package io.taktdb.core.version;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.proof.Lincheck;
import io.taktdb.types.error.DbException;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lincheck on leases: whatever the order of steps, they answer as if one operation followed the other. */
class LeaseLinearTest {
    /** Commits by one thread, leased reads by all: a read answers the newest version, whole. */
    public static class Reads {
        private final VersionedPair pair = new VersionedPair(4, true);

        @Operation(nonParallelGroup = "tick")
        public int commit() {
            return pair.commit();
        }

        @Operation
        public int read() {
            return pair.read();
        }
    }

    /** The same without asking the slots, which must be found out. */
    public static class CarelessReads {
        private final VersionedPair pair = new VersionedPair(4, false);

        @Operation(nonParallelGroup = "tick")
        public int commit() {
            return pair.commit();
        }

        @Operation
        public int read() {
            return pair.read();
        }
    }

    /** Claims of three slots. */
    public static class Claims {
        private static final int NONE = -1;

        private final LeaseSlots slots = new LeaseSlots(3);

        @Operation
        public int claim() {
            try {
                return slots.claim();
            } catch (final DbException e) {
                return NONE;
            }
        }

        @Operation
        public void unclaim(@Param(gen = IntGen.class, conf = "0:2") final int slot) {
            slots.unclaim(slot);
        }
    }

    @Test
    @Tag("ab_3:test_concurrent_readers_during_write")
    void shouldReadWholeVersionsInOrderWhateverTheSteps() {
        Lincheck.check(Reads.class);
    }

    @Test
    void shouldFindTornReadsWhenTheSlotsAreNotAsked() {
        final AssertionError error = assertThrows(AssertionError.class, () -> Lincheck.search(CarelessReads.class));
        assertTrue(error.getMessage().contains("read()"), error.getMessage());
    }

    @Test
    void shouldGiveEachSlotOnceWhateverTheSteps() {
        Lincheck.check(Claims.class);
    }
}
