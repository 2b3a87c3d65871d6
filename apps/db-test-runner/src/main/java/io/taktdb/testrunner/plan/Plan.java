package io.taktdb.testrunner.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One executable test plan: what it shows, the server that it needs, and its steps in order.
 *
 * @param covers behaviours ({@code plan/test}) that hold if every step passes
 */
public record Plan(Path file, String title, List<String> covers, ServerSettings server, List<Step> steps) {
    public Plan {
        covers = List.copyOf(covers);
        steps = List.copyOf(steps);
    }

    /** All behaviours that the plan or any of its steps covers. */
    public Stream<String> behaviours() {
        return Stream.concat(covers.stream(), steps.stream().flatMap(Step::behaviours));
    }

    /** Whether a step stops the server: only a server that the runner started may be stopped. */
    public boolean needsOwnServer() {
        return steps.stream().anyMatch(Step::restarts);
    }
}
