package io.taktdb.core.version;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Three commits, so that both halves are written again, beside two reads: each is of one version, and not an older. */
@JCStressTest
@Outcome(id = "-1, .*", expect = Expect.FORBIDDEN, desc = "the first read is torn")
@Outcome(id = ".*, -1", expect = Expect.FORBIDDEN, desc = "the second read is torn")
@Outcome(
        id = {"0, [0-3]", "1, [1-3]", "2, [2-3]", "3, 3"},
        expect = Expect.ACCEPTABLE,
        desc = "whole, and in order")
@State
public class TwinStress {
    private final VersionedPair pair = new VersionedPair(1, true);

    @Actor
    public void tick() {
        pair.commit();
        pair.commit();
        pair.commit();
    }

    @Actor
    public void reader(final II_Result result) {
        result.r1 = pair.read();
        result.r2 = pair.read();
    }
}
