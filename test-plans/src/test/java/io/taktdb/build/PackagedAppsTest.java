package io.taktdb.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What lies in {@code apps/X/target} can be run, and is what the documents say. */
class PackagedAppsTest {
    static final List<String> APPS = Repository.APPS;

    @ParameterizedTest
    @FieldSource("APPS")
    void shouldOpenTheSamePackagesInManifestAndArgumentFile(final String app) {
        final Attributes manifest = Repository.manifest(app);

        assertEquals(flagsOf("--add-opens"), wordsOf(manifest.getValue("Add-Opens")));
        assertEquals(flagsOf("--add-exports"), wordsOf(manifest.getValue("Add-Exports")));
    }

    @ParameterizedTest
    @FieldSource("APPS")
    void shouldFindEveryLibraryOfTheManifestBesideTheJar(final String app) {
        final Path lib = Repository.appJar(app).resolveSibling("lib");

        final List<String> missing = Repository.libraries(app).stream()
                .filter(name -> !Files.isRegularFile(lib.resolve(name)))
                .collect(Collectors.toList());

        assertEquals(List.of(), missing);
    }

    @Test
    void shouldListEveryShippedLibraryWithItsVersionAsThirdParty() {
        final Pattern row = Pattern.compile("\\| `[^:`]+:([^`]+)` \\| (\\S+) \\| .+ \\|");
        final Set<String> documented = Repository.lines("THIRD-PARTY.md").stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .map(match -> match.group(1) + "-" + match.group(2))
                .collect(Collectors.toSet());

        final Set<String> unlisted = Repository.APPS.stream()
                .flatMap(app -> Repository.libraries(app).stream())
                .filter(name -> !name.endsWith("-SNAPSHOT.jar"))
                .map(name -> name.replaceFirst("(-linux-\\w+)?\\.jar$", ""))
                .filter(name -> !documented.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of(), unlisted);
        assertTrue(documented.size() > 30, () -> "documented=" + documented);
    }

    private static Set<String> flagsOf(final String flag) {
        return Repository.lines("config/jvm/common.args").stream()
                .filter(line -> line.startsWith(flag + " "))
                .map(line -> line.substring(flag.length() + 1).replace("=ALL-UNNAMED", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> wordsOf(final String entry) {
        return Stream.of(entry.split(" ")).collect(Collectors.toCollection(TreeSet::new));
    }
}
