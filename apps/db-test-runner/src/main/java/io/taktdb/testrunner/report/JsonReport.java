package io.taktdb.testrunner.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** Writes results as JSON: counts, each covered behaviour, plans with their steps. */
public final class JsonReport {
    private static final ObjectMapper JSON = new JsonMapper();

    private JsonReport() {}

    /** Writes the file. */
    public static void write(final Report report, final Path file) throws IOException {
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), tree(report));
    }

    static ObjectNode tree(final Report report) {
        final ObjectNode root = JSON.createObjectNode();
        for (final Outcome outcome : Outcome.values()) {
            root.put(outcome.word(), report.count(outcome));
        }
        final ObjectNode behaviours = root.putObject("behaviours");
        report.behaviours().forEach((name, outcome) -> behaviours.put(name, outcome.word()));
        final ArrayNode plans = root.putArray("plans");
        report.plans().forEach(plan -> plan(plans.addObject(), plan));
        return root;
    }

    private static void plan(final ObjectNode target, final PlanResult plan) {
        target.put("file", plan.plan().file().getFileName().toString())
                .put("title", plan.plan().title())
                .put("outcome", plan.outcome().word())
                .put("seconds", plan.seconds());
        final ArrayNode steps = target.putArray("steps");
        for (final StepResult step : plan.steps()) {
            final ObjectNode one = steps.addObject()
                    .put("title", step.title())
                    .put("line", step.line())
                    .put("outcome", step.outcome().word())
                    .put("seconds", step.seconds());
            if (!step.text().isEmpty()) {
                one.put("text", step.text());
            }
        }
    }
}
