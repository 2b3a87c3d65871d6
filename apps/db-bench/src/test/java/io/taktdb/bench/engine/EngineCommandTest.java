package io.taktdb.bench.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class EngineCommandTest {
    @ParameterizedTest
    @CsvSource({"--rounds=0, --rounds must be at least 1", "--only=comit, --only fits no figure; there are: movement"})
    void shouldRefuseToMeasureNothing(final String option, final String reason) {
        final StringWriter err = new StringWriter();
        final CommandLine command = new CommandLine(new EngineCommand()).setErr(new PrintWriter(err));

        assertEquals(2, command.execute(option));
        assertTrue(err.toString().contains(reason), err::toString);
    }

    @Test
    void shouldNameEachFigureOnce() {
        assertEquals(
                Workloads.ALL.size(),
                Workloads.ALL.stream().map(Workload::name).distinct().count());
    }
}
