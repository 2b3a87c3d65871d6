package io.taktdb.bench.micro;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.taktdb.bench.scenario.Scenario;
import org.junit.jupiter.api.Test;

final class MicroTest {
    private static void run(final Scenario scenario) {
        try (scenario) {
            scenario.step();
            scenario.step();
            assertNull(scenario.problem(2));
        }
    }

    @Test
    void shouldLeaseAndReleaseOnOneThreadAndTwo() {
        run(LeaseMicro.epochs(1));
        run(LeaseMicro.counter(2));
        run(new DirectoryMicro());
    }
}
