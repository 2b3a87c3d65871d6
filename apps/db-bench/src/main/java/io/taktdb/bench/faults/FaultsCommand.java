package io.taktdb.bench.faults;

import io.taktdb.persistence.storage.FileKeys;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code takt bench faults}. */
@Command(
        name = "faults",
        description = {
            "Flips every bit of a small stored world and cuts its files to every length; fails every file call of a",
            "script and drops what was not synced; crashes starts. Prints what came of it; status 1 if anything that",
            "was acknowledged was lost, or anything was invented."
        },
        mixinStandardHelpOptions = true)
public final class FaultsCommand implements Callable<Integer> {
    private static final List<Integer> VALUES = List.of(12, 40, 80, 13);
    private static final int SEALED = 13;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--step",
            description = "flip every N-th bit and cut at every N-th length only (default: ${DEFAULT-VALUE}, all)",
            defaultValue = "1")
    private int step;

    @Option(
            names = "--points",
            description = "the most failed calls (default: ${DEFAULT-VALUE})",
            defaultValue = "4000")
    private int points;

    @Option(names = "--crashes", description = "crashes of a start (default: ${DEFAULT-VALUE})", defaultValue = "1000")
    private int crashes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (step < 1 || points < 0 || crashes < 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "out of range: --step=" + step + ", --points=" + points + ", --crashes=" + crashes);
        }
        final PrintWriter out = spec.commandLine().getOut();
        long wrong = report(out, new CallCampaign().run(1, points));
        wrong += report(out, new CallCampaign(FileKeys.parse(FileKeys.newKey(), "campaign")).run(1, points));
        wrong += report(out, new RestartCampaign().run(crashes));
        for (final int values : VALUES) {
            final boolean isSealed = values == SEALED;
            final ByteCampaign bytes =
                    new ByteCampaign(values, isSealed ? FileKeys.parse(FileKeys.newKey(), "campaign") : FileKeys.NONE);
            out.printf(
                    Locale.ROOT,
                    "stored world: files=%d, bits and lengths=%d%n",
                    bytes.files().size(),
                    bytes.size());
            out.flush();
            final int threads = Runtime.getRuntime().availableProcessors();
            wrong += report(out, bytes.run(step, threads, line -> {
                out.println("  " + line);
                out.flush();
            }));
        }
        return wrong == 0 ? 0 : 1;
    }

    private static long report(final PrintWriter out, final Tally tally) {
        out.println(tally);
        final List<String> shown = tally.shown();
        shown.forEach(line -> out.println("  " + line));
        out.flush();
        return tally.wrongs();
    }
}
