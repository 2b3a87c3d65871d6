package io.taktdb.core.version;

import io.taktdb.core.state.Reader;
import io.taktdb.core.state.States;
import io.taktdb.core.state.TableSlots;
import io.taktdb.core.table.TableState;
import io.taktdb.types.schema.Schema;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What a version showed alone is given back after the next one was published, by the real reclaimer, beside a read. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.FORBIDDEN, desc = "given back while it was read")
@Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "published before it was written")
@Outcome(
        id = {"1", "2", "3"},
        expect = Expect.ACCEPTABLE,
        desc = "a version that stood")
@State
public class ReclaimStress {
    private static final int GONE = -1;
    private static final TableSlots NO_TABLES = new TableSlots(Schema.EMPTY);

    private final LeaseSlots slots = new LeaseSlots(1);
    private final Reclaimer reclaimer = new Reclaimer(slots);
    private final int[] shown = {0, 1, 0, 0};
    private final States states = new States(slots, state(1));
    private final Reader reader = states.reader();

    private static io.taktdb.core.state.State state(final int version) {
        return new io.taktdb.core.state.State(version, version, Schema.EMPTY, NO_TABLES, new TableState[0]);
    }

    private void publish(final int version) {
        shown[version] = version;
        reclaimer.retire(version - 1, version, what -> shown[(int) what] = GONE, version - 1);
        states.publish(state(version));
        VarHandle.fullFence();
        slots.scan();
        reclaimer.reclaim();
    }

    @Actor
    public void tick() {
        publish(2);
        publish(3);
    }

    @Actor
    public void reader(final I_Result result) {
        result.r1 = shown[(int) reader.enter().commit()];
        reader.exit();
    }
}
