package io.taktdb.testrunner.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.taktdb.testrunner.match.Matcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema that the project ships says the same as the reader. */
final class PlanSchemaTest {
    private static final Path TEST_PLANS = Path.of(System.getProperty("taktdb.home"), "test-plans");

    private final JsonNode schemaJson =
            new JsonMapper().readTree(TEST_PLANS.resolve("plan.schema.json").toFile());
    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schemaJson);

    PlanSchemaTest() throws IOException {
        // reads the schema, which may fail
    }

    static Stream<Path> plans() throws IOException {
        final List<Path> plans = new ArrayList<>();
        try (Stream<Path> files = Files.walk(TEST_PLANS.resolve("plans"))) {
            files.filter(Files::isRegularFile).sorted().forEach(plans::add);
        }
        assertFalse(plans.isEmpty());
        return plans.stream();
    }

    private List<Error> errors(final String text) throws InvalidPlanException {
        final Faults faults = new Faults(Path.of("p.yaml"));
        final JsonNode tree = YamlTree.read(text, faults);
        faults.throwIfAny();
        return schema.validate(tree);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void shouldConformToSchemaAndReaderWhenPlanIsInProject(final Path plan) throws IOException, InvalidPlanException {
        assertEquals(List.of(), errors(Files.readString(plan)));
        new PlanReader(BehaviourCatalog.read(TEST_PLANS.resolve("behaviours.json"))).read(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steps: []",
                "{title: t}",
                "{title: t, steps: {}}",
                "{title: t, steps: [], sever: {}}",
                "{title: t, steps: [], server: {tickRate: 5}}",
                "{title: t, steps: [], server: {tickRates: 60}}",
                "{title: t, steps: [], server: {world: full}}",
                "{title: t, steps: [{}]}",
                "{title: t, steps: [{restart: {}, wait: {}}]}",
                "{title: t, steps: [{restart: {now: true}}]}",
                "{title: t, steps: [{wait: {}, expect: {}}]}",
                "{title: t, steps: [{wait: {}, capture: {a: $.a}}]}",
                "{title: t, steps: [{request: {method: GET}}]}",
                "{title: t, steps: [{request: {method: get, path: /}}]}",
                "{title: t, steps: [{request: {method: GET, path: x}}]}",
                "{title: t, steps: [{request: {method: GET, path: /, body: 1, hex: '00'}}]}",
                "{title: t, steps: [{request: {method: GET, path: /, hex: '0'}}]}",
                "{title: t, steps: [{request: {method: GET, path: /, raw: {times: 3}}}]}",
                "{title: t, steps: [{request: {method: GET, path: /}, expect: {result: 1}}]}",
                "{title: t, steps: [{request: {method: GET, path: /}, expect: {body: 1, text: ''}}]}",
                "{title: t, steps: [{push: {collection: a}}]}",
                "{title: t, steps: [{rpc: {method: a}, expect: {result: {$gt: a}}}]}",
                "{title: t, steps: [{rpc: {method: a}, expect: {result: [{$nope: 1}]}}]}",
                "{title: t, steps: [{rpc: {method: a}, expect: {result: {a: {$gt: 1, b: 1}}}}]}",
                "{title: t, steps: [{rpc: {method: a}, expect: {result: {a: {$not: {$nope: 1}}}}}]}",
                "{title: t, steps: [{rpc: {method: a}, expect: {result: 1, error: 1}}]}",
                "{title: t, steps: [{rpc: {method: a}, capture: {a: id}}]}",
                "{title: t, steps: [{sql: {query: a}}]}",
                "{title: t, steps: [{repeat: {each: []}, wait: {}}]}",
                "{title: t, steps: [{steps: [{}]}]}",
            })
    void shouldBeRefusedBySchemaAndReaderWhenItIsNoPlan(final String text) throws InvalidPlanException {
        assertFalse(errors(text).isEmpty(), "the schema lets it pass");
        assertThrows(
                InvalidPlanException.class,
                () -> new PlanReader(BehaviourCatalog.unknown()).read(Path.of("p.yaml"), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{title: t, steps: [{rpc: {method: a}, expect: {result: {$equals: {$nope: 1}}}}]}",
                "{title: t, steps: [{repeat: {each: [a], as: b}, rpc: {method: a}, expect: {result: {'${b}': 1}}}]}",
                "{title: t, steps: [{repeat: {each: [1], as: b}, rpc: {method: a}, expect: {result: {$gt: '${b}'}}}]}",
                "{title: t, steps: [{rpc: {method: a}, expect: {result: {$length: {$gt: 1}}}}]}",
                "{title: t, steps: [{request: {method: GET, path: /}, expect: {status: [200, 201]}}]}",
            })
    void shouldBeAcceptedBySchemaAndReaderWhenItIsUnusual(final String text) throws InvalidPlanException {
        assertEquals(List.of(), errors(text));
        new PlanReader(BehaviourCatalog.unknown()).read(Path.of("p.yaml"), text);
    }

    @Test
    void shouldBeAPlanWhenReadmeShowsOne() throws IOException, InvalidPlanException {
        final String readme = Files.readString(TEST_PLANS.resolve("README.md"));
        final String start = "```yaml\n";
        final int from = readme.indexOf(start) + start.length();
        final String example = readme.substring(from, readme.indexOf("```", from));
        assertEquals(List.of(), errors(example));
        assertEquals(
                3,
                new PlanReader(BehaviourCatalog.unknown())
                        .read(Path.of("README.md"), example)
                        .steps()
                        .size());
    }

    @Test
    void shouldDescribeEveryMatcherWhenSchemaIsRead() {
        final List<String> described = new ArrayList<>();
        schemaJson.at("/$defs/matcher/properties").fieldNames().forEachRemaining(described::add);
        assertEquals(
                Matcher.keys().stream().sorted().toList(),
                described.stream().sorted().toList());
    }
}
