package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.view.CsvWriter;
import io.taktdb.cli.view.JsonView;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows the records that meet some conditions. */
@Command(
        name = "query",
        description = {
            "Show the records that meet all conditions.",
            "A condition is field=value, or field.op=value with lt, le, gt, ge, ne, in, like or is."
        })
final class QueryCommand implements Runnable {
    /** What records are shown as. */
    enum View {
        TABLE,
        CSV,
        JSON
    }

    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "TABLE", converter = ArgumentText.class, description = "The table.")
    private String table;

    @Parameters(index = "1..*", paramLabel = "CONDITION", description = "What the records must meet.")
    private List<String> conditions = List.of();

    @Option(names = "--order", paramLabel = "FIELDS", description = "Fields to order by: hp,-name.")
    private String order;

    @Option(names = "--fields", paramLabel = "FIELDS", description = "Fields to show: name,hp.")
    private String fields;

    @Option(names = "--limit", paramLabel = "N", description = "At most this many records: 1 to 1000, else 50.")
    private Integer limit;

    @Option(names = "--offset", paramLabel = "N", description = "Leave out this many records first.")
    private Long offset;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}, in any case of letters (${DEFAULT-VALUE}).")
    private View format;

    @Override
    public void run() {
        final Answer answer = root.client()
                .send(
                        "GET",
                        RecordWalk.route(table, conditions)
                                .query("order", order)
                                .query("fields", fields)
                                .query("limit", limit)
                                .query("offset", offset));
        if (root.json() || format == View.JSON) {
            root.printJson(answer.text());
        } else if (format == View.CSV) {
            final CsvWriter csv = new CsvWriter(root.console().out());
            answer.json().forEach(csv::record);
        } else {
            table(answer);
        }
    }

    private void table(final Answer answer) {
        final JsonNode records = answer.json();
        if (!records.isEmpty()) {
            new JsonView(root.console()).print(records);
        }
        final String total =
                answer.header("X-Total-Count").map(all -> " of " + all).orElse("");
        root.console().out().println("(" + records.size() + total + (records.size() == 1 ? " record)" : " records)"));
    }
}
