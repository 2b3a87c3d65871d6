package io.taktdb.bench.kill;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code takt bench kill}. */
@Command(
        name = "kill",
        description = {
            "Starts a server, writes to it over REST, JSON-RPC and push with ack=durable, and kills it (kill -9),",
            "again and again. Every write carries a token, which is its idempotency key, too: what got no answer, and",
            "the last of each writer that did, is sent again, twice, to the next server. Prints what was acknowledged",
            "and is gone (kill.lost), there without being sent (kill.invented), or there twice (kill.doubled), repeats",
            "that were answered in another way than at first (kill.answered-anew), and the time from the start of the",
            "process until it serves (kill.ready, the JVM's own start included). Status 1 unless all counts are 0."
        },
        mixinStandardHelpOptions = true)
public final class KillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--cycles",
            description = "how often it is killed (default: ${DEFAULT-VALUE})",
            defaultValue = "100")
    private int cycles;

    @Option(
            names = "--writers",
            description = "writers for each of the three doors (default: ${DEFAULT-VALUE})",
            defaultValue = "3")
    private int writers;

    @Option(
            names = "--most-ms",
            description = "the longest time of writing before the kill; each is random (default: ${DEFAULT-VALUE})",
            defaultValue = "1000")
    private int mostMs;

    @Option(names = "--seed", description = "of these times (default: ${DEFAULT-VALUE})", defaultValue = "1")
    private long seed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (cycles < 1 || writers < 1 || mostMs < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "out of range: --cycles=" + cycles + ", --writers=" + writers + ", --most-ms=" + mostMs);
        }
        final PrintWriter out = spec.commandLine().getOut();
        final Path home = Path.of(System.getProperty("taktdb.home", "."));
        final Path work = Files.createTempDirectory("takt-kill-");
        out.println("kill: cycles=" + cycles + ", writers=" + 3 * writers + ", folder=" + work);
        out.flush();
        final KillCampaign campaign = new KillCampaign(home, work, writers, mostMs, seed);
        for (int cycle = 0; cycle <= cycles; cycle++) {
            campaign.cycle(cycle, cycle == cycles);
            if (cycle % 10 == 0) {
                out.println("cycle " + cycle + ": acknowledged=" + campaign.acknowledged() + ", lost=" + campaign.lost()
                        + ", invented=" + campaign.invented() + ", doubled=" + campaign.doubled());
                out.flush();
            }
        }
        return report(out, campaign);
    }

    private static int report(final PrintWriter out, final KillCampaign campaign) {
        final List<Long> ready = campaign.readyMs();
        out.println("sent " + campaign.sent() + ", acknowledged " + campaign.acknowledged() + ", refused "
                + campaign.refusals());
        out.println("kill.lost " + campaign.lost());
        out.println("kill.invented " + campaign.invented());
        out.println("kill.doubled " + campaign.doubled() + ", of " + campaign.repeated() + " repeats");
        out.println("kill.answered-anew " + campaign.answeredAnew());
        out.println("kill.ready ms: median " + ready.get(ready.size() / 2) + ", max " + ready.get(ready.size() - 1));
        campaign.shown().forEach(line -> out.println("  " + line));
        out.flush();
        final long wrong = campaign.lost() + campaign.invented() + campaign.doubled() + campaign.answeredAnew();
        return wrong == 0 ? 0 : 1;
    }
}
