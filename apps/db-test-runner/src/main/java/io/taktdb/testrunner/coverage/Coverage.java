package io.taktdb.testrunner.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.taktdb.testrunner.plan.BehaviourCatalog;
import io.taktdb.testrunner.plan.InvalidPlanException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The status of every behaviour, from what names it.
 *
 * <p>Invariants: each behaviour has one status; none that is not applicable is named by a test. Threading: immutable.
 */
public final class Coverage {
    /** What is known of a behaviour. */
    public enum Status {
        /** A step of a plan or a test that names it passed. */
        PASSED("passed"),
        /** It cannot hold here, for a reason. */
        NOT_APPLICABLE("not applicable"),
        /** Nothing shows it yet. */
        OPEN("open");

        private final String text;

        Status(final String text) {
            this.text = text;
        }

        /** As reports write it. */
        public String text() {
            return text;
        }
    }

    /**
     * One behaviour.
     *
     * @param kind a letter, as in {@code behaviours.json}
     * @param by what shows it: plans and test classes
     * @param reason why it is not applicable, or null
     */
    public record Entry(String plan, String name, String kind, Status status, List<String> by, String reason) {}

    private final List<Entry> entries;

    private Coverage(final List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads catalogue, reasons, plans and tests of a checkout.
     *
     * @throws IllegalArgumentException a name that is in no catalogue, or is both shown and not applicable
     */
    public static Coverage of(final Path home) throws IOException, InvalidPlanException {
        final Path catalog = home.resolve("test-plans/behaviours.json");
        final Evidence evidence = Evidence.of(home, BehaviourCatalog.read(catalog));
        final Map<String, String> reasons = reasons(home.resolve("test-plans/not-applicable.json"));
        final List<Entry> entries = new ArrayList<>();
        final Set<String> known = new HashSet<>();
        new JsonMapper().readTree(catalog.toFile()).properties().forEach(plan -> {
            for (final Map.Entry<String, JsonNode> test : plan.getValue().properties()) {
                final String id = plan.getKey() + "/" + test.getKey();
                known.add(id);
                entries.add(entry(
                        plan.getKey(), test.getKey(), test.getValue().asText(), evidence.of(id), reasons.get(id)));
            }
        });
        requireKnown(known, evidence.names());
        requireKnown(known, reasons.keySet());
        return new Coverage(entries);
    }

    private static Entry entry(
            final String plan, final String name, final String kind, final List<String> by, final String reason) {
        if (reason != null && !by.isEmpty()) {
            throw new IllegalArgumentException(
                    "behaviour is shown, and said to be not applicable: name=" + plan + "/" + name + ", by=" + by);
        }
        final Status status = !by.isEmpty() ? Status.PASSED : reason == null ? Status.OPEN : Status.NOT_APPLICABLE;
        return new Entry(plan, name, kind, status, by, reason);
    }

    private static void requireKnown(final Set<String> known, final Set<String> named) {
        for (final String name : named) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown behaviour: name=" + name);
            }
        }
    }

    /** Reasons by behaviour, from a list of {@code {reason, behaviours}}. */
    private static Map<String, String> reasons(final Path file) throws IOException {
        final Map<String, String> reasons = new HashMap<>();
        for (final JsonNode group : new JsonMapper().readTree(file.toFile())) {
            for (final JsonNode name : group.get("behaviours")) {
                if (reasons.put(name.asText(), group.get("reason").asText()) != null) {
                    throw new IllegalArgumentException("behaviour has two reasons: name=" + name.asText());
                }
            }
        }
        return reasons;
    }

    /** All behaviours, in the order of the catalogue. */
    public List<Entry> entries() {
        return entries;
    }

    /** How many have a status. */
    public long count(final Status status) {
        return entries.stream().filter(entry -> entry.status() == status).count();
    }
}
