package io.taktdb.core.version;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The same without asking the slots: shows that this kind of test finds what it looks for. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "torn, since the slots were not asked")
@Outcome(id = "[0-3]", expect = Expect.ACCEPTABLE, desc = "whole by luck")
@State
public class TwinWithoutSlotsStress {
    private final VersionedPair pair = new VersionedPair(1, false);

    @Actor
    public void tick() {
        pair.commit();
        pair.commit();
        pair.commit();
    }

    @Actor
    public void reader(final I_Result result) {
        result.r1 = pair.read();
    }
}
