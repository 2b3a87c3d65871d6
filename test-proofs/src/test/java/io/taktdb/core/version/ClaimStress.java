package io.taktdb.core.version;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two readers claim slots at once, one of them again after giving it back: both are seen. */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "both versions are held")
@Outcome(expect = Expect.FORBIDDEN, desc = "a lease was lost")
@State
public class ClaimStress {
    private final LeaseSlots slots = new LeaseSlots(3);

    @Actor
    public void one() {
        slots.reading(slots.claim(), 5);
    }

    @Actor
    public void other() {
        final int slot = slots.claim();
        slots.reading(slot, 6);
        slots.leave(slot);
        slots.unclaim(slot);
        slots.reading(slots.claim(), 7);
    }

    @Arbiter
    public void held(final I_Result result) {
        slots.scan();
        result.r1 = slots.isHeld(5, 6) && slots.isHeld(7, 8) ? slots.heldVersions() : 0;
    }
}
