package io.taktdb.testrunner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.testrunner.plan.ServerSettings.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads plan files, and refuses what is none with all its faults. Threading: one thread. */
public final class PlanReader {
    private static final int MAX_PLAN_BYTES = 4 << 20;

    private final BehaviourCatalog behaviours;

    /** @param behaviours the names that {@code covers} may use */
    public PlanReader(final BehaviourCatalog behaviours) {
        this.behaviours = behaviours;
    }

    /**
     * Reads all files.
     *
     * @throws InvalidPlanException with the faults of all of them
     */
    public List<Plan> readAll(final List<Path> files) throws InvalidPlanException {
        final List<Plan> plans = new ArrayList<>();
        final List<String> faults = new ArrayList<>();
        for (final Path file : files) {
            try {
                plans.add(read(file));
            } catch (final InvalidPlanException e) {
                faults.addAll(e.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidPlanException(faults);
        }
        return plans;
    }

    /** Reads one file. */
    public Plan read(final Path file) throws InvalidPlanException {
        try {
            if (Files.size(file) > MAX_PLAN_BYTES) {
                throw new InvalidPlanException(
                        List.of(file + ": plan is too large: limit=" + MAX_PLAN_BYTES + " bytes"));
            }
            return read(file, Files.readString(file));
        } catch (final IOException e) {
            throw new InvalidPlanException(List.of(file + ": file cannot be read: reason=" + e));
        }
    }

    /**
     * Reads one plan out of its text.
     *
     * @param file what faults name, and where its data files are looked for
     */
    public Plan read(final Path file, final String text) throws InvalidPlanException {
        final Faults faults = new Faults(file);
        final JsonNode root = YamlTree.read(text, faults);
        faults.throwIfAny();
        if (root == null) {
            faults.add("", "file has no plan in it; it begins with title:, then steps:");
            faults.throwIfAny();
        }
        final Plan plan = plan(file, new Section(root, "", faults), faults);
        faults.throwIfAny();
        new Variables(faults).check(root);
        faults.throwIfAny();
        return plan;
    }

    private Plan plan(final Path file, final Section section, final Faults faults) {
        final String title = section.requiredText("title");
        final List<String> covers = covers(section, faults);
        section.text("about", "");
        final ServerSettings server = server(section, faults);
        if (!section.has("steps")) {
            faults.add("", "key is missing: key=steps");
        }
        final List<Step> steps = steps(section, new ActionReader(file, faults), faults);
        section.end();
        return new Plan(file, title, covers, server, steps);
    }

    private static ServerSettings server(final Section section, final Faults faults) {
        if (!section.has("server")) {
            return ServerSettings.DEFAULT;
        }
        final Section server = section.section("server");
        final int tickRate = server.integer(
                "tickRate",
                ServerSettings.MIN_TICK_RATE,
                ServerSettings.MAX_TICK_RATE,
                ServerSettings.DEFAULT.tickRate());
        final String name = server.text("world", World.EMPTY.planName());
        final World world = World.named(name);
        if (world == null) {
            faults.add(server.pointer("world"), "unknown world: world=" + name + "; known are " + World.names());
        }
        server.end();
        return new ServerSettings(tickRate, world);
    }

    private List<Step> steps(final Section parent, final ActionReader actions, final Faults faults) {
        final List<Step> steps = new ArrayList<>();
        final List<JsonNode> nodes = parent.list("steps");
        for (int i = 0; i < nodes.size(); i++) {
            final String pointer = parent.pointer("steps") + "/" + i;
            steps.add(step(new Section(nodes.get(i), pointer, faults), actions, faults));
        }
        return steps;
    }

    private Step step(final Section section, final ActionReader actions, final Faults faults) {
        final String title = section.text("title", null);
        final List<String> covers = covers(section, faults);
        final Step.Repeat repeat = repeat(section, faults);
        final List<Step> group = section.has("steps") ? steps(section, actions, faults) : null;
        final Action action = actions.read(section, group);
        final JsonNode expect = new ExpectationReader(faults).read(section, action);
        final Map<String, String> capture = capture(section, action, faults);
        section.end();
        final int line = faults.line(section.pointer());
        return new Step(title == null ? action.words() : title, line, covers, repeat, action, expect, capture);
    }

    private static Step.Repeat repeat(final Section step, final Faults faults) {
        if (!step.has("repeat")) {
            return null;
        }
        final Section repeat = step.section("repeat");
        final JsonNode each = repeat.any("each");
        if (each == null || !each.isArray() || each.isEmpty()) {
            faults.add(repeat.pointer(), "repeat needs each: with a list of values");
        }
        final String as = repeat.requiredText("as");
        if (!as.isEmpty() && !Variables.isName(as)) {
            faults.add(repeat.pointer("as"), "not a name for a variable: as=" + as + "; use letters, digits and _");
        }
        repeat.end();
        return new Step.Repeat(each, as);
    }

    private static Map<String, String> capture(final Section step, final Action action, final Faults faults) {
        final Map<String, String> capture = new LinkedHashMap<>();
        final JsonNode mapping = step.mapping("capture");
        mapping.properties().forEach(entry -> {
            final String pointer = Faults.member(step.pointer("capture"), entry.getKey());
            if (!Variables.isName(entry.getKey())) {
                faults.add(
                        pointer, "not a name for a variable: name=" + entry.getKey() + "; use letters, digits and _");
            } else if (!entry.getValue().isTextual()
                    || !entry.getValue().asText().startsWith("$.")) {
                faults.add(pointer, "expected a path: got=" + entry.getValue() + "; write it like $.body.id");
            } else {
                capture.put(entry.getKey(), entry.getValue().asText());
            }
        });
        if (!capture.isEmpty() && !ExpectationReader.isAnswered(action)) {
            faults.add(
                    step.pointer("capture"),
                    "nothing to capture here: action=" + action.words() + "; capture belongs to request, rpc and push");
        }
        return capture;
    }

    private List<String> covers(final Section section, final Faults faults) {
        final List<String> covers = new ArrayList<>();
        for (final JsonNode one : section.list("covers")) {
            final String fault = behaviours.fault(one.asText());
            if (fault == null) {
                covers.add(one.asText());
            } else {
                final String pointer = section.pointer("covers") + "/" + covers.size();
                faults.add(pointer, fault);
            }
        }
        return covers;
    }
}
