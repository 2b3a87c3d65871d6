package io.taktdb.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.view.JsonView;
import io.taktdb.cli.view.Text;
import java.math.BigInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows one record, or a page of a table. */
@Command(name = "get", description = "Show one record, or a page of a table.")
final class GetCommand implements Runnable {
    @ParentCommand
    private TaktCommand root;

    @Parameters(index = "0", paramLabel = "TABLE", converter = ArgumentText.class, description = "The table.")
    private String table;

    @Parameters(
            index = "1",
            paramLabel = "ID",
            arity = "0..1",
            converter = ArgumentText.class,
            description = "The record; without it, a page.")
    private String id;

    @Option(names = "--limit", paramLabel = "N", description = "At most this many records: 1 to 1000, else 50.")
    private Integer limit;

    @Option(names = "--offset", paramLabel = "N", description = "Leave out this many records first.")
    private Long offset;

    @Option(names = "--after", paramLabel = "ID", description = "Only records with a greater id: a stable walk.")
    private BigInteger after;

    @Override
    public void run() {
        if (id != null) {
            if (limit != null || offset != null || after != null) {
                throw CliFailure.usage(
                        "--limit, --offset and --after are for pages: ID=" + id + "; leave out the id or the options");
            }
            root.show(root.client().send("GET", Route.records(table, id)));
            return;
        }
        final Answer answer = root.client()
                .send(
                        "GET",
                        Route.records(table, null)
                                .query("limit", limit)
                                .query("offset", offset)
                                .query("after", after));
        if (root.json()) {
            root.show(answer);
        } else {
            page(answer);
        }
    }

    private void page(final Answer answer) {
        final JsonNode records = answer.json();
        if (!records.isEmpty()) {
            new JsonView(root.console()).print(records);
        }
        final StringBuilder footer = new StringBuilder().append(records.size());
        answer.header("X-Total-Count").ifPresent(total -> footer.append(" of ").append(total));
        footer.append(records.size() == 1 ? " record" : " records");
        if (answer.header("Link").filter(link -> link.contains("next")).isPresent() && offset == null) {
            footer.append("; more with --after ")
                    .append(Text.of(records.path(records.size() - 1).get("id")));
        }
        root.console().out().println("(" + footer + ")");
    }
}
