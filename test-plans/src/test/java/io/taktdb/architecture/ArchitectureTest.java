package io.taktdb.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between modules and packages. A line of a table says: this may use those, and of TaktDB nothing else. */
class ArchitectureTest {
    private static final String BASE = "io.taktdb.";

    private static JavaClasses product;

    @BeforeAll
    static void importProduct() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.taktdb");
    }

    @ParameterizedTest
    @CsvSource({
        "types,       ''",
        "core,        types",
        "runtime,     core types",
        "persistence, runtime core types",
        "api,         runtime core types",
        "server,      api persistence runtime core types",
        "cli,         types",
        "testrunner,  types",
        "demo,        server runtime core types",
        "match,       runtime core types",
        "bench,       server persistence runtime core types",
    })
    void shouldFollowModuleArrows(final String module, final String mayUse) {
        check(module, mayUse, "");
    }

    @ParameterizedTest
    @CsvSource({
        "error,     ''",
        "schema,    error",
        "value,     schema error",
        "json,      value schema error",
        "evolution, json value schema error",
        "codegen,   schema error",
    })
    void shouldFollowPackageArrowsOfTypes(final String part, final String mayUse) {
        check(part, mayUse, "types.");
    }

    @ParameterizedTest
    @CsvSource({
        "memory,      ''",
        "layout,      ''",
        "accessor,    layout memory",
        "version,     layout memory",
        "index,       version layout memory",
        "table,       index version accessor layout memory",
        "state,       table index version layout memory",
        "transaction, state table index version layout memory",
    })
    void shouldFollowPackageArrowsOfCore(final String part, final String mayUse) {
        check(part, mayUse, "core.");
    }

    @ParameterizedTest
    @CsvSource({
        "procedure, ''",
        "parallel,  ''",
        "change,    ''",
        "command,   procedure",
        "journal,   command procedure",
        "tick,      command procedure parallel journal",
    })
    void shouldFollowPackageArrowsOfRuntime(final String part, final String mayUse) {
        check(part, mayUse, "runtime.");
    }

    /** The doors of a server do not know each other: what two of them share moves down. */
    @ParameterizedTest
    @CsvSource({
        "json,     ''",
        "http,     json",
        "access,   json http",
        "query,    json http",
        "push,     json http access",
        "transaction, json http access query",
        "rest,     json http access push query",
        "socket,   json http access",
        "stream,   json http access query",
        "rpc,      json http access push query transaction socket stream",
        "explorer, json http access",
        "server,   json http access push query transaction rest rpc socket stream explorer",
    })
    void shouldFollowPackageArrowsOfApi(final String part, final String mayUse) {
        check(part, mayUse, "api.");
    }

    @Test
    void shouldHaveNoPackageCycles() {
        slices().matching("io.taktdb.(**)").should().beFreeOfCycles().check(product);
    }

    @Test
    void shouldTouchRawMemoryInOnePackageOnly() {
        final DescribedPredicate<JavaClass> rawMemory = resideInAnyPackage("sun.misc..", "jdk.internal..")
                .or(DescribedPredicate.describe(
                        "Agrona's UnsafeApi", type -> type.getName().equals("org.agrona.UnsafeApi")));

        noClasses()
                .that(not(resideInAPackage("io.taktdb.core.memory..")))
                .should()
                .dependOnClassesThat(rawMemory)
                .check(product);
    }

    /** A rule without classes passes: this one fails when the import above finds nothing. */
    @Test
    void shouldSeeEveryModule() {
        assertTrue(
                Stream.of("types", "core", "runtime", "persistence", "api", "server", "cli", "testrunner", "demo")
                        .allMatch(module -> product.containPackage(BASE + module)),
                () -> "imported=" + product.size());
    }

    /** Checks that {@code part} uses, of all that lies beside it in {@code parent}, only the parts listed. */
    private static void check(final String part, final String mayUse, final String parent) {
        final String[] allowed = Stream.concat(Stream.of(part), Stream.of(mayUse.split(" ")))
                .filter(name -> !name.isEmpty())
                .map(name -> BASE + parent + name + "..")
                .toArray(String[]::new);
        final ArchRule rule = noClasses()
                .that(resideInAPackage(BASE + parent + part + ".."))
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + parent + "*..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true);
        rule.check(product);
    }
}
