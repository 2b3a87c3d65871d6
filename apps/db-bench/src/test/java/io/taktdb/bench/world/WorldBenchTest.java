package io.taktdb.bench.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.bench.world.WorldBench.Outcome;
import io.taktdb.runtime.check.DeterminismCheck;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** A battle in which units walk, fight, die and are replaced; what it costs is no matter for a test. */
class WorldBenchTest {
    @Test
    void shouldGiveTheSameWorldWithOneAndTwoWorkers() {
        final WorldBench bench = new WorldBench(5_000, 100);
        final Outcome one = bench.run(1);
        assertEquals(5_000, one.rows(), "the dead are replaced");
        assertTrue(one.ids() > 5_000, "some died: " + one);
        assertEquals(one.hash(), bench.run(2).hash());
        assertTrue(one.times().get("system.fight") > 0, one.toString());
    }

    @Test
    void shouldPassTheCheckThatUsersHave() {
        new DeterminismCheck(() -> new Battle(3_000)).ticks(30).every(10).require();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rows=0", "--ticks=0", "--workers=0"})
    void shouldRefuseWhenOptionIsOutOfRange(final String option) {
        final StringWriter err = new StringWriter();
        final CommandLine line = new CommandLine(new WorldCommand()).setErr(new PrintWriter(err));
        assertEquals(2, line.execute(option));
        assertTrue(err.toString().contains("out of range: --rows="), err.toString());
    }
}
