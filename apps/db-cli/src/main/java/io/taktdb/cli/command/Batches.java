package io.taktdb.cli.command;

import io.taktdb.cli.exit.CliFailure;
import io.taktdb.cli.exit.ExitCode;
import io.taktdb.cli.http.Answer;
import io.taktdb.cli.http.Route;
import io.taktdb.cli.http.ServerClient;
import io.taktdb.cli.input.Batch;
import picocli.CommandLine.Option;

/** How many records travel in a request, and what a refusal of some of them says. Threading: one thread. */
final class Batches {
    private static final int MAX_BATCH = 100_000;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most this many records a request (${DEFAULT-VALUE}), and about 1 MiB.")
    private int records;

    /**
     * The most records of a batch.
     *
     * @throws CliFailure it is out of range
     */
    int records() {
        if (records < 1 || records > MAX_BATCH) {
            throw CliFailure.usage("batch is out of range: --batch=" + records + "; give 1 to " + MAX_BATCH);
        }
        return records;
    }

    /** Sends a batch; a refusal names the records that were in it. */
    static Answer send(final ServerClient client, final Route route, final Batch batch) {
        try {
            return client.send("POST", route, batch.json());
        } catch (final CliFailure e) {
            if (e.exitCode() != ExitCode.REFUSED) {
                throw e;
            }
            throw e.withNote("refused: records " + batch.first() + " to " + batch.last() + " of the input");
        }
    }
}
