package io.taktdb.testrunner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.taktdb.types.error.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** The names of all behaviours that plans can cover, as {@code plan/test}: what {@code covers} is checked against. */
public final class BehaviourCatalog {
    private final Set<String> names;

    private BehaviourCatalog(final Set<String> names) {
        this.names = names;
    }

    /** A catalogue that knows nothing and lets every name pass. */
    public static BehaviourCatalog unknown() {
        return new BehaviourCatalog(Set.of());
    }

    /** Reads {@code {"plan": {"test": "kind"}}}. */
    public static BehaviourCatalog read(final Path file) throws IOException {
        final Set<String> names = new LinkedHashSet<>();
        final JsonNode plans = new JsonMapper().readTree(file.toFile());
        plans.properties()
                .forEach(plan ->
                        plan.getValue().fieldNames().forEachRemaining(test -> names.add(plan.getKey() + "/" + test)));
        return new BehaviourCatalog(names);
    }

    /** All names, in the order of the file. */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /** What is wrong with a name, or null. */
    String fault(final String name) {
        if (names.isEmpty() || names.contains(name)) {
            return null;
        }
        final int slash = name.indexOf('/');
        final String plan = name.substring(0, Math.max(0, slash));
        final Set<String> near = new LinkedHashSet<>();
        names.stream().filter(one -> one.startsWith(plan + "/")).forEach(near::add);
        return "unknown behaviour: name=" + name + Suggestion.didYouMean(name, near.isEmpty() ? names : near);
    }
}
