package io.taktdb.testrunner.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.taktdb.testrunner.plan.Action.Body;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Reads what a step does. Threading: one thread. */
final class ActionReader {
    /** A step has exactly one of these. */
    static final List<String> KINDS =
            List.of("request", "rpc", "push", "wait", "restart", "kill", "sql", "stream", "cli", "steps");

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final List<String> BODIES = List.of("body", "raw", "hex", "file");
    private static final int MAX_TICKS = 10_000;
    private static final int MAX_TIMES = 100_000_000;

    private final Path plan;
    private final Faults faults;

    ActionReader(final Path plan, final Faults faults) {
        this.plan = plan;
        this.faults = faults;
    }

    /** @param group the steps under {@code steps:}, or null if there is no such key */
    Action read(final Section step, final List<Step> group) {
        final List<String> present = KINDS.stream().filter(step::has).toList();
        if (present.size() != 1) {
            faults.add(
                    step.pointer(),
                    "a step does one thing: it has " + (present.isEmpty() ? "none" : present) + "; give one of "
                            + String.join(", ", KINDS));
            return new Action.Restart();
        }
        switch (present.get(0)) {
            case "request":
                return request(step.section("request"));
            case "rpc":
                return rpc(step.section("rpc"));
            case "push":
                return push(step.section("push"));
            case "wait":
                return waiting(step.section("wait"));
            case "restart":
                step.section("restart").end();
                return new Action.Restart();
            case "kill":
                step.section("kill").end();
                return new Action.Kill();
            case "sql":
                return sql(step.section("sql"));
            case "stream":
                return stream(step.section("stream"));
            case "cli":
                return cli(step.section("cli"));
            default:
                return new Action.Group(group);
        }
    }

    private Action request(final Section section) {
        final String method = section.requiredText("method");
        if (!METHODS.contains(method) && !method.startsWith("${")) {
            faults.add(
                    section.pointer("method"),
                    "unknown method: method=" + method + "; known are "
                            + METHODS.stream().sorted().toList());
        }
        final String path = section.requiredText("path");
        if (!path.startsWith("/") && !path.startsWith("${")) {
            faults.add(section.pointer("path"), "path does not begin with a slash: path=" + path);
        }
        final Action.Request request =
                new Action.Request(method, path, section.mapping("query"), section.mapping("headers"), body(section));
        section.end();
        return request;
    }

    private static Action rpc(final Section section) {
        final Action.Rpc rpc = new Action.Rpc(section.requiredText("method"), section.any("params"));
        section.end();
        return rpc;
    }

    private Action push(final Section section) {
        final String collection = section.requiredText("collection");
        final Action.Push push = new Action.Push(collection, section.mapping("headers"), body(section));
        if (push.body() instanceof Body.None) {
            faults.add(section.pointer(), "push has nothing to push; give one of " + String.join(", ", BODIES));
        }
        section.end();
        return push;
    }

    private static Action waiting(final Section section) {
        final Action.Wait waiting = new Action.Wait(section.integer("ticks", 1, MAX_TICKS, 1));
        section.end();
        return waiting;
    }

    private Action sql(final Section section) {
        final Action.Sql sql = new Action.Sql(section.requiredText("query"), section.any("expect"));
        if (sql.expect() == null) {
            faults.add(section.pointer(), "sql needs expect: with the rows, like [[3]]");
        } else {
            new ExpectationReader(faults).checkMatchers(sql.expect(), section.pointer("expect"));
        }
        section.end();
        return sql;
    }

    private Action stream(final Section section) {
        final Action.Stream stream = new Action.Stream(
                section.requiredText("table"), section.mapping("query"), then(section), section.any("expect"));
        if (stream.expect() == null
                || !stream.expect().isArray()
                || stream.expect().isEmpty()) {
            faults.add(section.pointer(), "stream needs expect: with a list of events, like [{event: snapshot}]");
        } else {
            new ExpectationReader(faults).checkMatchers(stream.expect(), section.pointer("expect"));
        }
        section.end();
        return stream;
    }

    private List<Action.Request> then(final Section stream) {
        final List<Action.Request> requests = new ArrayList<>();
        final List<JsonNode> nodes = stream.list("then");
        for (int i = 0; i < nodes.size(); i++) {
            requests.add((Action.Request) request(new Section(nodes.get(i), stream.pointer("then") + "/" + i, faults)));
        }
        return requests;
    }

    private Action cli(final Section section) {
        final Action.Cli cli = new Action.Cli(
                JsonNodeFactory.instance.arrayNode().addAll(section.list("args")),
                section.text("input", ""),
                section.any("expect"));
        if (cli.args().isEmpty()) {
            faults.add(section.pointer(), "cli needs args: with the words of a command, like [tables, --json]");
        }
        if (cli.expect() != null) {
            new ExpectationReader(faults).checkMatchers(cli.expect(), section.pointer("expect"));
        }
        section.end();
        return cli;
    }

    private Body body(final Section section) {
        final List<String> present = BODIES.stream().filter(section::has).toList();
        if (present.size() > 1) {
            faults.add(section.pointer(), "more than one body: keys=" + present + "; give one");
        }
        if (present.isEmpty()) {
            return new Body.None();
        }
        switch (present.get(0)) {
            case "body":
                return new Body.Json(section.any("body"));
            case "raw":
                return raw(section);
            case "hex":
                return hex(section);
            default:
                return file(section);
        }
    }

    private Body raw(final Section section) {
        final JsonNode raw = section.any("raw");
        if (raw.isTextual()) {
            return new Body.Raw(raw.asText());
        }
        final Section parts = section.section("raw");
        final Body.Repeated repeated = new Body.Repeated(
                parts.text("before", ""),
                parts.requiredText("repeat"),
                parts.integer("times", 0, MAX_TIMES, 1),
                parts.text("separator", ""),
                parts.text("after", ""));
        parts.end();
        return repeated;
    }

    private Body hex(final Section section) {
        final String digits = section.text("hex", "").replace(" ", "");
        try {
            HexFormat.of().parseHex(digits);
            return new Body.Bytes(digits);
        } catch (final IllegalArgumentException e) {
            faults.add(section.pointer("hex"), "not hexadecimal: hex=" + digits + "; write two digits a byte");
            return new Body.None();
        }
    }

    private Body file(final Section section) {
        final Path folder = plan.toAbsolutePath().getParent();
        final Path file = folder.resolve(section.text("file", "")).normalize();
        if (!Files.isRegularFile(file)) {
            faults.add(section.pointer("file"), "file is not there: file=" + file);
        }
        return new Body.FromFile(file);
    }
}
