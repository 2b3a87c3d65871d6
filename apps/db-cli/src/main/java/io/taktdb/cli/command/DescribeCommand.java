package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.view.Text;
import io.taktdb.cli.view.TextTable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Describes one table: its size, fields and indexes. */
@Command(name = "describe", description = "Describe a table: its size, its fields, its indexes.")
final class DescribeCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "TABLE", converter = ArgumentText.class, description = "The table.")
    private String table;

    @Override
    public void run() {
        final Answer answer = root.client().send("GET", Route.table(table));
        if (root.json()) {
            root.show(answer);
            return;
        }
        final JsonNode one = answer.json();
        root.console()
                .out()
                .println(Text.of(one.get("name")) + ": " + Text.of(one.get("rows")) + " rows of "
                        + Text.of(one.get("rowBytes")) + " bytes, " + Text.of(one.get("bytes")) + " bytes in all");
        final TextTable fields = new TextTable(List.of("FIELD", "TYPE", "OPTIONAL", "DEFAULT", "UNIQUE"));
        fields.row(List.of("id", "u64", "", "", "yes"));
        for (final JsonNode field : one.path("fields")) {
            fields.row(List.of(
                    Text.of(field.get("name")),
                    Text.of(field.get("type")),
                    field.path("optional").asBoolean() ? "yes" : "",
                    field.has("default") ? Text.visible(field.get("default").toString()) : "",
                    field.path("unique").asBoolean() ? "yes" : ""));
        }
        fields.lines(root.console().outLive()).forEach(root.console().out()::println);
        for (final JsonNode index : one.path("indexes")) {
            final List<String> names = new ArrayList<>();
            index.path("fields").forEach(field -> names.add(Text.of(field)));
            root.console()
                    .out()
                    .println("index " + Text.of(index.get("name")) + " on " + String.join(", ", names)
                            + (index.path("unique").asBoolean() ? ", unique" : ""));
        }
    }
}
