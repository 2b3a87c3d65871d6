package io.taktdb.testrunner.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.testrunner.plan.BehaviourCatalog;
import io.taktdb.testrunner.plan.InvalidPlanException;
import io.taktdb.testrunner.plan.PlanReader;
import io.taktdb.testrunner.report.Outcome;
import io.taktdb.testrunner.report.Report;
import io.taktdb.testrunner.report.StepResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlanRunnerTest {
    private static final String PROBLEM =
            "{\"type\":\"urn:x\",\"title\":\"t\",\"status\":404,\"code\":\"C\",\"detail\":\"d\"}";

    private final StubServers servers = new StubServers();

    private Report run(final String steps) throws InvalidPlanException {
        final PlanReader reader = new PlanReader(BehaviourCatalog.unknown());
        return new PlanRunner(servers, ended -> {}).run(List.of(reader.read(Path.of("p.yaml"), "title: t\n" + steps)));
    }

    private static List<StepResult> steps(final Report report) {
        return report.plans().get(0).steps();
    }

    private static List<String> outcomes(final Report report) {
        return steps(report).stream().map(step -> step.outcome().word()).toList();
    }

    @Test
    void shouldSendWhatPlanSaysWhenStepsRun() throws InvalidPlanException {
        servers.json("POST /v1/tables", 201, "{\"id\":7,\"name\":\"a b\"}");
        final Report report = run("""
                server: {tickRate: 30}
                steps:
                  - request: {method: POST, path: /v1/tables, body: {name: x}}
                    expect: {status: 201, body: {id: {$gt: 1}}, headers: {Takt-Tick: {$gte: 1}}}
                    capture: {id: $.body.id, name: $.body.name, tick: $.header.Takt-Tick}
                  - request:
                      method: GET
                      path: "/v1/tables/${name}"
                      query: {limit: "${id}", "hp.gt": "a&b"}
                  - request: {method: PUT, path: /v1/a, body: {"${name}": ["${id}", "n${id}", "$${id}"]}}
                  - push:
                      collection: "i/j"
                      raw: {before: "[", repeat: "{\\"c%d\\":1}", times: 2, separator: ",", after: "]"}
                  - {repeat: {each: [/v1/b/c], as: p}, request: {method: POST, path: "${p}", hex: "7b 7d"}}
                  - restart: {}
                  - kill: {}
                """);
        assertEquals(
                List.of(
                        "start 30",
                        "POST /v1/tables {\"name\":\"x\"}",
                        "GET /v1/tables/a%20b?limit=7&hp.gt=a%26b",
                        "PUT /v1/a {\"a b\":[7,\"n7\",\"${id}\"]}",
                        "POST /v1/push/i%2Fj [{\"c0\":1},{\"c1\":1}]",
                        "POST /v1/b/c {}",
                        "restart",
                        "kill",
                        "close"),
                servers.events());
        assertEquals(
                "7 passed, 0 failed, 0 skipped",
                report.summary(),
                () -> steps(report).toString());
        assertTrue(report.isGreen());
    }

    @Test
    void shouldShowRequestResponseAndDifferenceWhenStepFails() throws InvalidPlanException {
        servers.json("POST /v1/tables", 200, "{\"name\":\"y\"}");
        final Report report = run("""
                steps:
                  - request: {method: POST, path: /v1/tables, body: {name: x}}
                    expect: {status: 201, body: {name: x}, headers: {Location: /v1/tables/x}}
                """);
        final String text = steps(report).get(0).text();
        final String differences = """
                $.status: expected 201, got 200
                $.header.Location: expected "/v1/tables/x", but it is missing
                $.body.name: expected "x", got "y"
                request:  POST http://127.0.0.1:""";
        assertTrue(text.startsWith(differences), text);
        assertTrue(text.contains("    {\"name\":\"x\"}\nresponse: 200\n"), text);
        assertTrue(text.endsWith("    {\"name\":\"y\"}\n"), text);
        assertEquals("the log", report.plans().get(0).serverLog());
    }

    @Test
    void shouldShowOnlySizeWhenBodyIsNoText() throws InvalidPlanException {
        servers.other("GET /v1/dump.db", 200, "application/vnd.sqlite3", "SQLite format 3\0");
        final Report report = run("steps: [{request: {method: GET, path: /v1/dump.db}, expect: {status: 201}}]");
        final String text = steps(report).get(0).text();
        assertTrue(text.endsWith("\n    (16 bytes)\n"), text);
    }

    @Test
    void shouldGoOnAfterExpectationAndStopAfterPreparationWhenTheyFail() throws InvalidPlanException {
        servers.other("GET /v1/no", 404, "application/problem+json", PROBLEM);
        final Report report = run("""
                steps:
                  - {request: {method: GET, path: /v1/no}, expect: {status: 200}}
                  - {request: {method: GET, path: /v1/yes}}
                  - {request: {method: GET, path: /v1/no}}
                  - {request: {method: GET, path: /v1/yes}}
                  - {repeat: {each: [1, 2], as: n}, wait: {ticks: 1}}
                """);
        assertEquals(List.of("failed", "passed", "failed", "skipped", "skipped"), outcomes(report));
        assertEquals("a preparation failed: GET /v1/no", steps(report).get(3).text());
    }

    @Test
    void shouldSkipStepWhenItsVariableWasNotCaptured() throws InvalidPlanException {
        final Report report = run("""
                steps:
                  - {request: {method: GET, path: /v1/a}, expect: {status: 200}, capture: {id: $.body.id}}
                  - {request: {method: GET, path: "/v1/${id}"}}
                  - {request: {method: GET, path: /v1/b}}
                """);
        assertEquals(List.of("failed", "skipped", "passed"), outcomes(report));
        assertTrue(steps(report).get(0).text().startsWith("nothing to capture: name=id, path=$.body.id"));
        assertEquals(
                "needs ${id}, which no earlier step captured",
                steps(report).get(1).text());
    }

    @Test
    void shouldCompareWithEarlierValueWhenStepCapturesTheSameVariableAgain() throws InvalidPlanException {
        final Report report = run("""
                steps:
                  - {request: {method: GET, path: /v1/a}, capture: {tick: $.header.Takt-Tick}}
                  - request: {method: GET, path: /v1/a}
                    expect: {headers: {Takt-Tick: {$gt: "${tick}"}}}
                    capture: {tick: $.header.Takt-Tick}
                  - {request: {method: GET, path: /v1/a}, expect: {headers: {Takt-Tick: {$gt: "${tick}"}}}}
                """);
        assertEquals(
                List.of("passed", "passed", "passed"),
                outcomes(report),
                () -> steps(report).toString());
    }

    @Test
    void shouldRunGroupWithEachValueWhenItIsRepeated() throws InvalidPlanException {
        final Report report = run("""
                steps:
                  - repeat: {each: [{a: 1}, {a: 2}], as: c}
                    covers: [rs_1/group]
                    steps:
                      - {request: {method: GET, path: "/v1/${c.a}"}}
                      - title: inner
                        repeat: {each: [x, y], as: d}
                        request: {method: GET, path: "/v1/${c.a}/${d}"}
                """);
        assertEquals(
                List.of("GET /v1/1", "GET /v1/1/x", "GET /v1/1/y", "GET /v1/2", "GET /v1/2/x", "GET /v1/2/y"),
                servers.events().subList(1, 7));
        assertEquals("inner [{\"a\":2}] [\"y\"]", steps(report).get(5).title());
        assertEquals(List.of("rs_1/group"), steps(report).get(5).covers());
    }

    @Test
    void shouldCompareResultOrErrorWhenMethodIsCalled() throws InvalidPlanException {
        servers.json("POST /rpc", 200, "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32601,\"message\":\"m\"},\"id\":2}");
        final Report report = run("steps: [{rpc: {method: nope, params: [1]}, expect: {error: {code: -32601}}}]");
        assertEquals(List.of("passed"), outcomes(report), () -> steps(report).toString());
        assertEquals(
                "POST /rpc {\"jsonrpc\":\"2.0\",\"method\":\"nope\",\"params\":[1],\"id\":2}",
                servers.events().get(1));

        final Report other = run("\nsteps: [{rpc: {method: nope}, expect: {result: 1}}, {rpc: {method: nope}}]");
        assertTrue(steps(other).get(0).text().startsWith("$.id: expected 3, got 2\n$.result: expected 1"));
        assertTrue(steps(other).get(1).text().contains("$.error: expected success, got {\"code\":-32601"));
    }

    @Test
    void shouldHoldStandingRulesWhenPlanExpectsLess() throws InvalidPlanException {
        servers.other("GET /v1/plain", 404, "text/plain", "no");
        servers.other("GET /v1/poor", 404, "application/problem+json", "{\"status\":400,\"code\":\"C\"}");
        servers.json("GET /v1/broken", 200, "{\"a\":1,\"a\":2}");
        servers.other("GET /v1/defect", 500, "application/problem+json", PROBLEM.replace("404", "500"));
        final Report report = run("""
                steps:
                  - {request: {method: GET, path: /v1/plain}, expect: {status: 404}}
                  - {request: {method: GET, path: /v1/poor}, expect: {status: 404}}
                  - {request: {method: GET, path: /v1/broken}, expect: {status: 200}}
                  - {request: {method: GET, path: /v1/defect}, expect: {status: {$gte: 400}}}
                """);
        final List<String> first = steps(report).stream()
                .map(step -> step.text().lines().findFirst().orElse(""))
                .toList();
        assertEquals(
                List.of(
                        "$.header.Content-Type: an error is application/problem+json, got text/plain",
                        "$.body.type: a problem body has this text, got nothing",
                        "$.body: not valid JSON, though Content-Type is application/json; charset=utf-8",
                        "$.status: 500 is never the answer to any input: " + PROBLEM.replace("404", "500")),
                first);
    }

    @Test
    void shouldSkipPlanWhenItNeedsRestartAndServerIsGiven() throws InvalidPlanException {
        servers.given();
        final Report report = run("steps: [{wait: {ticks: 1}}, {restart: {}}]");
        assertEquals(List.of("skipped", "skipped"), outcomes(report));
        assertEquals(List.of(), servers.events());
        assertEquals(Outcome.SKIPPED, report.plans().get(0).outcome());
    }

    @Test
    void shouldWaitUntilServerTickedWhenStepSaysSo() throws InvalidPlanException {
        assertEquals(List.of("passed"), outcomes(run("steps: [{wait: {ticks: 3}}]")));
    }

    @Test
    void shouldTellBehavioursWhenReportIsMade() throws InvalidPlanException {
        servers.other("GET /v1/no", 404, "application/problem+json", PROBLEM);
        final Report report = run("""
                covers: [rs_1/all]
                steps:
                  - {covers: [rs_1/a, rs_1/b], request: {method: GET, path: /v1/yes}, expect: {status: 200}}
                  - {covers: [rs_1/b], request: {method: GET, path: /v1/no}, expect: {status: 200}}
                """);
        assertEquals(
                "{rs_1/a=PASSED, rs_1/all=FAILED, rs_1/b=FAILED}",
                report.behaviours().toString());
    }
}
