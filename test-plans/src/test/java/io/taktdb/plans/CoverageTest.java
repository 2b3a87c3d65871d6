package io.taktdb.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.testrunner.coverage.Coverage;
import io.taktdb.testrunner.coverage.Coverage.Status;
import io.taktdb.testrunner.coverage.CoverageReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The report of which behaviours are shown is what the sources say now. */
class CoverageTest {
    /** What was reached once; it does not go down again. */
    private static final long LEAST_PASSED = 780;

    private final Path home = Path.of(System.getProperty("taktdb.home"));

    @Test
    void shouldBeCurrent() throws Exception {
        final Coverage coverage = Coverage.of(home);
        for (final Map.Entry<String, String> file :
                CoverageReport.files(coverage).entrySet()) {
            assertEquals(
                    file.getValue(),
                    Files.readString(home.resolve("test-plans").resolve(file.getKey())),
                    () -> file.getKey() + " is not current: run ./takt plans --coverage");
        }
    }

    @Test
    void shouldHaveOneStatusForEveryBehaviour() throws Exception {
        final Coverage coverage = Coverage.of(home);
        assertEquals(887, coverage.entries().size());
        final long passed = coverage.count(Status.PASSED);
        assertTrue(passed >= LEAST_PASSED, () -> "fewer behaviours are shown than before: passed=" + passed);
        for (final Coverage.Entry entry : coverage.entries()) {
            assertTrue(
                    entry.status() != Status.NOT_APPLICABLE || entry.reason().length() > 20,
                    () -> "a reason is too short: " + entry);
        }
    }
}
