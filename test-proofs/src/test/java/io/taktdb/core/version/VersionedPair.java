package io.taktdb.core.version;

import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.state.States;
import io.taktdb.core.state.TableSlots;
import io.taktdb.core.table.TableState;
import io.taktdb.types.schema.Schema;
import java.lang.invoke.VarHandle;

/**
 * Two numbers under the twin rule, with the real slots and states, and plain arrays in the place of pages: each commit
 * writes both into the half that the newest version does not show, unless a lease still sees that half.
 *
 * <p>Threading: {@link #commit} one thread; {@link #read} any.
 */
final class VersionedPair {
    /** What a reader answers when the two numbers are not those of its version. */
    static final int TORN = -1;

    private static final int MAX_FRAMES = 16;
    private static final TableSlots NO_TABLES = new TableSlots(Schema.EMPTY);

    private final LeaseSlots slots;
    private final States states;
    private final boolean askSlots;
    private final int[] first = new int[MAX_FRAMES];
    private final int[] second = new int[MAX_FRAMES];
    private int shown;
    private int twin = 1;
    private int frames = 2;
    private long building = 1;

    /** @param askSlots whether the rule is kept: else a half is written whoever sees it */
    VersionedPair(final int readers, final boolean askSlots) {
        this.slots = new LeaseSlots(readers);
        this.askSlots = askSlots;
        this.states = new States(slots, state(0, 0));
    }

    /** A state whose tick is the number of the half that it shows. */
    private static State state(final long version, final int frame) {
        return new State(version, frame, Schema.EMPTY, NO_TABLES, new TableState[0]);
    }

    /** Sets both numbers to that of the next version, and publishes it. */
    int commit() {
        // the twin showed in the version before the newest one, as the last scan saw it
        final boolean held = building > 1 && askSlots && slots.isHeld(building - 2, building - 1);
        final int target = held ? frames++ : twin;
        first[target] = (int) building;
        second[target] = (int) building;
        states.publish(state(building, target));
        twin = shown;
        shown = target;
        building++;
        VarHandle.fullFence();
        slots.scan();
        return (int) building - 1;
    }

    /** The version that both numbers are of, or {@link #TORN}. */
    int read() {
        try (Lease lease = states.lease()) {
            final State state = lease.state();
            final int frame = (int) state.tick();
            final int one = first[frame];
            final int other = second[frame];
            return one == state.commit() && other == one ? one : TORN;
        }
    }
}
