package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.view.Text;
import io.taktdb.cli.view.TextTable;
import java.util.List;
import java.util.StringJoiner;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Lists the tables: rows, sizes, fields. */
@Command(name = "tables", description = "List the tables with their rows, sizes and fields.")
final class TablesCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Override
    public void run() {
        final Answer answer = root.client().send("GET", Route.of("/v1/tables"));
        if (root.json()) {
            root.show(answer);
            return;
        }
        final TextTable table = new TextTable(List.of("TABLE", "ROWS", "BYTES", "ROW", "FIELDS"));
        for (final JsonNode one : answer.json()) {
            table.row(List.of(
                    Text.of(one.get("name")),
                    Text.of(one.get("rows")),
                    Text.of(one.get("bytes")),
                    Text.of(one.get("rowBytes")),
                    fields(one.path("fields"))));
        }
        table.lines(root.console().outLive()).forEach(root.console().out()::println);
    }

    private static String fields(final JsonNode fields) {
        final StringJoiner text = new StringJoiner(", ");
        for (final JsonNode field : fields) {
            final String optional = field.path("optional").asBoolean() ? "?" : "";
            text.add(Text.of(field.get("name")) + " " + Text.of(field.get("type")) + optional);
        }
        return text.toString();
    }
}
