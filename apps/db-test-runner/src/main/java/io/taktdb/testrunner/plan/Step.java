package io.taktdb.testrunner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One step of a plan: an action, what must come of it, and what later steps want to know of it.
 *
 * @param title for people; the action's own words if the plan gives none
 * @param line where it stands in the plan, from 1
 * @param covers behaviours that hold if this step passes
 * @param repeat the values to run it with, or null to run it once
 * @param expect what must come of it, as the plan says; null for a preparation, which must just succeed
 * @param capture name of a variable to the path of its value, in order
 */
public record Step(
        String title,
        int line,
        List<String> covers,
        Repeat repeat,
        Action action,
        JsonNode expect,
        Map<String, String> capture) {
    /** The values that a step runs with, one after the other, each under the name {@code as}. */
    public record Repeat(JsonNode each, String as) {}

    Stream<String> behaviours() {
        final Stream<Step> inner = action instanceof Action.Group group ? group.steps().stream() : Stream.of();
        return Stream.concat(covers.stream(), inner.flatMap(Step::behaviours));
    }

    boolean restarts() {
        if (action instanceof Action.Group group) {
            return group.steps().stream().anyMatch(Step::restarts);
        }
        return action instanceof Action.Restart || action instanceof Action.Kill;
    }
}
