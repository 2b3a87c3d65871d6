package io.taktdb.cli.shell;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.http.ServerClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What may stand at a place of a command line. Threading: one thread. */
public final class Words {
    private static final Set<String> OF_TABLES = Set.of(
            "describe", "get", "query", "insert", "put", "update", "delete", "push", "import", "export", "subscribe");
    private static final Set<String> OF_FIELDS = Set.of("--fields", "--order");
    private static final Set<String> OF_CONDITIONS = Set.of("--where", "--filter");

    private final CommandLine commands;
    private final ServerClient client;

    public Words(final CommandLine commands, final ServerClient client) {
        this.commands = commands;
        this.client = client;
    }

    /**
     * The words that fit; a server that is away has none.
     *
     * @param before the words before the one that is asked for
     * @param begun what of that one is there
     */
    public List<String> after(final List<String> before, final String begun) {
        return all(before, begun).stream()
                .filter(word -> word.startsWith(begun))
                .sorted()
                .distinct()
                .toList();
    }

    private List<String> all(final List<String> before, final String begun) {
        CommandLine command = commands;
        int depth = 0;
        while (depth < before.size() && command.getSubcommands().containsKey(before.get(depth))) {
            command = command.getSubcommands().get(before.get(depth));
            depth++;
        }
        if (depth == 0) {
            return before.isEmpty() ? names(command) : List.of();
        }
        if (begun.startsWith("-")) {
            return options(command);
        }
        final String last = before.get(before.size() - 1);
        final String table = before.size() > depth ? before.get(depth) : null;
        if (OF_FIELDS.contains(last)) {
            return fields(table, "");
        }
        if (OF_CONDITIONS.contains(last)) {
            return fields(table, "=");
        }
        final List<String> words = new ArrayList<>(before.size() == depth ? names(command) : List.of());
        words.addAll(arguments(before.get(0), before.size() - depth, table));
        return words;
    }

    private List<String> arguments(final String command, final int given, final String table) {
        if (given == 0 && OF_TABLES.contains(command)) {
            return names("/v1/tables");
        }
        if (given == 0 && "call".equals(command)) {
            return names("/v1/procedures");
        }
        return given > 0 && "query".equals(command) ? fields(table, "=") : List.of();
    }

    private static List<String> names(final CommandLine command) {
        final List<String> names = new ArrayList<>();
        command.getSubcommands().forEach((name, one) -> {
            if (!one.getCommandSpec().usageMessage().hidden()) {
                names.add(name);
            }
        });
        return names;
    }

    private static List<String> options(final CommandLine command) {
        final List<String> names = new ArrayList<>();
        for (final OptionSpec option : command.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        return names;
    }

    private List<String> names(final String route) {
        final List<String> names = new ArrayList<>();
        ask(Route.of(route)).forEach(one -> names.add(one.path("name").asText()));
        return names;
    }

    private List<String> fields(final String table, final String end) {
        if (table == null) {
            return List.of();
        }
        final List<String> names = new ArrayList<>(List.of("id" + end));
        ask(Route.table(table))
                .path("fields")
                .forEach(field -> names.add(field.path("name").asText() + end));
        return names;
    }

    private JsonNode ask(final Route route) {
        try {
            return client.send("GET", route).json();
        } catch (final CliFailure e) {
            return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        }
    }
}
