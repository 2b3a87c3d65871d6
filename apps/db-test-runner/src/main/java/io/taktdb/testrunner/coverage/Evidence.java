package io.taktdb.testrunner.coverage;

import io.taktdb.testrunner.plan.BehaviourCatalog;
import io.taktdb.testrunner.plan.InvalidPlanException;
import io.taktdb.testrunner.plan.Plan;
import io.taktdb.testrunner.plan.PlanReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where behaviours are named: in {@code covers} of plans, and in tags {@code plan:test} of JUnit tests.
 *
 * <p>All of it runs in the project's tests, so what is named here passed whenever they are green. Threading: immutable.
 */
final class Evidence {
    private static final Pattern TAG = Pattern.compile("@Tag\\(\"([a-z]+_[0-9]+):([A-Za-z0-9_]+)\"\\)");
    private static final String TESTS = "src/test/java";

    private final Map<String, Set<String>> byBehaviour = new TreeMap<>();

    private Evidence() {}

    /** Reads all plans and all test sources below a checkout. */
    static Evidence of(final Path home, final BehaviourCatalog catalog) throws IOException, InvalidPlanException {
        final Evidence evidence = new Evidence();
        evidence.plans(home.resolve("test-plans/plans"), catalog);
        try (Stream<Path> files = Files.walk(home)) {
            for (final Path file : files.filter(Evidence::isTest).sorted().toList()) {
                evidence.test(file);
            }
        }
        return evidence;
    }

    private static boolean isTest(final Path file) {
        final String path = file.toString().replace('\\', '/');
        return path.endsWith(".java") && path.contains(TESTS) && !path.contains("/target/");
    }

    private void plans(final Path folder, final BehaviourCatalog catalog) throws IOException, InvalidPlanException {
        try (Stream<Path> files = Files.list(folder)) {
            for (final Plan plan :
                    new PlanReader(catalog).readAll(files.sorted().toList())) {
                plan.behaviours()
                        .forEach(name -> add(name, "plans/" + plan.file().getFileName()));
            }
        }
    }

    private void test(final Path file) throws IOException {
        final Matcher tags = TAG.matcher(Files.readString(file));
        final String name = file.getFileName().toString();
        while (tags.find()) {
            add(tags.group(1) + "/" + tags.group(2), name.substring(0, name.length() - ".java".length()));
        }
    }

    private void add(final String behaviour, final String where) {
        byBehaviour.computeIfAbsent(behaviour, name -> new TreeSet<>()).add(where);
    }

    /** What shows a behaviour; empty if nothing does. */
    List<String> of(final String behaviour) {
        return List.copyOf(byBehaviour.getOrDefault(behaviour, Set.of()));
    }

    /** All behaviours that are named somewhere. */
    Set<String> names() {
        return byBehaviour.keySet();
    }
}
