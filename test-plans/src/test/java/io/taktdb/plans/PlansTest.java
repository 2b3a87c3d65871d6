package io.taktdb.plans;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.testrunner.plan.InvalidPlanException;
import io.taktdb.testrunner.report.Report;
import io.taktdb.testrunner.report.TextReport;
import io.taktdb.testrunner.run.PlanRunner;
import io.taktdb.testrunner.server.ChildServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every plan of the project passes on the server as it is packaged. */
class PlansTest {
    private static final Path HOME = Path.of(System.getProperty("taktdb.home"));

    static List<Path> plans() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("test-plans/plans"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void shouldPassWhenServerIsAsItIs(final Path plan) throws InvalidPlanException {
        final Report report = PlanRunner.run(List.of(plan), ChildServers.of(HOME));
        assertTrue(report.isGreen(), () -> text(report));
    }

    private static String text(final Report report) {
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        final PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        report.plans().forEach(new TextReport(out)::plan);
        return text.toString(StandardCharsets.UTF_8);
    }
}
