package io.taktdb.testrunner.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanReaderTest {
    private static final String HEAD = "title: t\nsteps:\n";

    @TempDir
    private Path folder;

    private static Plan read(final String text) throws InvalidPlanException {
        return new PlanReader(BehaviourCatalog.unknown()).read(Path.of("p.yaml"), text);
    }

    private static List<String> faults(final String text) {
        return assertThrows(InvalidPlanException.class, () -> read(text)).faults();
    }

    @Test
    void shouldReadEveryKindOfStepWhenPlanIsComplete() throws InvalidPlanException {
        final Plan plan = read("""
                title: All kinds
                covers: [rs_1/test_create_table_success]
                server: {tickRate: 30, world: demo}
                steps:
                  - title: make it
                    request: {method: POST, path: /v1/tables, body: {name: mob, big: 1.50, n: 18446744073709551615}}
                    expect: {status: 201}
                    capture: {tick: $.header.Takt-Tick}
                  - rpc: {method: table.get, params: {table: mob, at: "${tick}"}}
                  - push: {collection: item, raw: "[]"}
                  - wait: {ticks: 2}
                  - restart: {}
                  - sql: {query: select 1, expect: [[1]]}
                  - kill: {}
                  - stream: {table: mob, then: [{method: GET, path: "/${tick}"}], expect: [{event: change}]}
                  - cli: {args: [tables], expect: {exit: 0}}
                  - repeat: {each: [1, 2], as: n}
                    covers: [rs_1/x]
                    steps:
                      - request: {method: GET, path: "/v1/tables/${n}"}
                """);
        assertEquals("All kinds", plan.title());
        assertEquals(new ServerSettings(30, ServerSettings.World.DEMO), plan.server());
        assertEquals(
                List.of(5, 9, 10, 11, 12, 13, 14, 15, 16, 17),
                plan.steps().stream().map(Step::line).toList());
        assertEquals(
                List.of(
                        "make it",
                        "rpc table.get",
                        "push item",
                        "wait 2 ticks",
                        "restart",
                        "sql select 1",
                        "kill",
                        "stream mob",
                        "cli tables",
                        "1 steps"),
                plan.steps().stream().map(Step::title).toList());
        assertEquals(Map.of("tick", "$.header.Takt-Tick"), plan.steps().get(0).capture());
        assertEquals("n", plan.steps().get(9).repeat().as());
        final Action.Request first =
                assertInstanceOf(Action.Request.class, plan.steps().get(0).action());
        final Action.Body.Json body = assertInstanceOf(Action.Body.Json.class, first.body());
        assertEquals(0, new BigDecimal("1.5").compareTo(body.value().get("big").decimalValue()));
        assertEquals("18446744073709551615", body.value().get("n").asText());
        assertEquals(
                List.of("rs_1/test_create_table_success", "rs_1/x"),
                plan.behaviours().toList());
        assertEquals(true, plan.needsOwnServer());
    }

    @Test
    void shouldNameAllFaultsWithTheirLinesWhenThereAreSeveral() {
        assertEquals(
                List.of(
                        "p.yaml:2: unknown key: key=sever; did you mean server?",
                        "p.yaml:4: unknown method: method=FETCH; known are "
                                + "[DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT]",
                        "p.yaml:6: unknown key: key=stauts; did you mean status?"),
                faults("""
                        title: t
                        sever: {}
                        steps:
                          - request: {method: FETCH, path: /v1/tables}
                            expect:
                              stauts: 200
                        """).stream().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "- {}|3: a step does one thing: it has none",
                "- {wait: {ticks: 1}, restart: {}}|3: a step does one thing: it has [wait, restart]",
                "- {wait: {ticks: 0}}|3: expected a whole number from 1 to 10000: key=ticks, got 0",
                "- {request: {method: GET}}|3: key is missing: key=path",
                "- {request: {method: GET, path: v1}}|3: path does not begin with a slash",
                "- {request: {method: GET, path: /, body: 1, raw: a}}|3: more than one body: keys=[body, raw]",
                "- {request: {method: GET, path: /, hex: abc}}|3: not hexadecimal",
                "- {request: {method: GET, path: /, file: nope.json}}|3: file is not there",
                "- {push: {collection: a}}|3: push has nothing to push",
                "- {wait: {ticks: 1}, expect: {status: 1}}|3: nothing to expect here",
                "- {restart: {}, capture: {a: $.b}}|3: nothing to capture here",
                "- {rpc: {method: a}, expect: {status: 200}}|3: unknown key: key=status",
                "- {rpc: {method: a}, expect: {result: 1, error: 1}}|3: a call has a result or an error, never both",
                "- {rpc: {method: a}, expect: {result: {$gt: 1, a: 2}}}|3: matchers and members do not mix: key=a",
                "- {rpc: {method: a}, expect: {result: {$gtt: 1}}}|3: unknown matcher: key=$gtt; did you mean $gt",
                "- {rpc: {method: a}, expect: {result: [{$matches: '('}]}}|3: matcher wants a regular expression",
                "- {rpc: {method: a}, expect: {result: {$type: text}}}|3: matcher wants one of number, integer",
                "- {rpc: {method: a}, capture: {b: id}}|3: expected a path: got=\"id\"",
                "- {rpc: {method: a}, capture: {a b: $.id}}|3: not a name for a variable",
                "- {rpc: {method: a, params: '${b}'}}|3: unknown variable: name=b",
                "- {repeat: {as: a}, wait: {ticks: 1}}|3: repeat needs each: with a list of values",
                "- {sql: {query: select 1}}|3: sql needs expect: with the rows",
                "- {rpc: {method: a, method: b}}|3: key given twice: key=method",
                "- {rpc: {method: a, params: {b: yes}}}|3: unclear truth value: value=yes",
                "- {rpc: {method: a, params: {b: 010}}}|3: unclear number: value=010",
                "- {rpc: {method: 3}}|3: expected text: key=method, got 3; quote it",
                "- 3|3: expected a mapping of keys to values, got 3",
                "- [|3: not YAML:",
            })
    void shouldNameFaultWhenStepIsNone(final String step, final String fault) {
        final List<String> faults = faults(HEAD + "  " + step);
        assertEquals(
                "p.yaml:" + fault,
                faults.get(0).substring(0, Math.min(faults.get(0).length(), 7 + fault.length())));
    }

    @Test
    void shouldRefuseWhenFileIsEmptyOrNoPlan() {
        assertEquals(
                "p.yaml:1: file has no plan in it; it begins with title:, then steps:",
                faults("# x").get(0));
        assertEquals(
                "p.yaml:1: expected a mapping of keys to values, got a list",
                faults("- a").get(0));
        assertEquals(List.of("p.yaml:1: key is missing: key=steps"), faults("title: a"));
    }

    @Test
    void shouldKnowVariablesOnlyAfterTheyAreGivenWhenTheyAreUsed() {
        assertEquals(
                List.of(
                        "p.yaml:3: unknown variable: name=idd; capture it in an earlier step",
                        "p.yaml:6: unknown variable: name=n; capture it in an earlier step"),
                faults(HEAD + """
                          - {rpc: {method: a, params: "${idd}"}, capture: {id: $.result}}
                          - repeat: {each: ["${id}"], as: n}
                            rpc: {method: "${n}"}
                          - rpc: {method: "${n}"}
                        """));
    }

    @Test
    void shouldCheckCoversWhenBehavioursAreKnown() throws IOException {
        final Path names = Files.writeString(folder.resolve("b.json"), "{\"rs_1\":{\"create_ok\":\"H\"}}");
        final PlanReader reader = new PlanReader(BehaviourCatalog.read(names));
        final String text = "title: t\ncovers: [rs_1/create_ok, rs_1/create_okk]\nsteps: []";
        assertEquals(
                List.of("p.yaml:2: unknown behaviour: name=rs_1/create_okk; did you mean rs_1/create_ok?"),
                assertThrows(InvalidPlanException.class, () -> reader.read(Path.of("p.yaml"), text))
                        .faults());
    }

    @Test
    void shouldCollectFaultsOfAllFilesWhenSeveralAreRead() throws IOException {
        final Path one = Files.writeString(folder.resolve("a.yaml"), "title: 1\nsteps: []");
        final Path two = Files.writeString(folder.resolve("b.json"), "{\"title\": \"t\"}");
        final InvalidPlanException faults = assertThrows(
                InvalidPlanException.class,
                () -> new PlanReader(BehaviourCatalog.unknown()).readAll(List.of(one, two)));
        assertEquals(
                List.of(one + ":1: expected text: key=title, got 1; quote it", two + ":1: key is missing: key=steps"),
                faults.faults());
    }
}
