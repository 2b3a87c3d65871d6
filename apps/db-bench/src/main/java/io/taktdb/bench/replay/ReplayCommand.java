package io.taktdb.bench.replay;

import io.taktdb.bench.fork.ChildJvm;
import io.taktdb.bench.report.Figure;
import io.taktdb.bench.report.FigureFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code takt bench replay}. */
@Command(
        name = "replay",
        description = {
            "Records a battle under random commands, and replays it in JVMs of their own: with 1 and 2 workers, in",
            "another locale and time zone, interpreted and compiled, and on other JDKs. Compares the hash of every",
            "1,000th tick; fails when one differs, and names the first."
        },
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    private static final int DIFFERENT = 1;
    private static final List<String> ELSEWHERE = List.of(
            "-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kathmandu", "-Dfile.encoding=ISO-8859-1");

    @Spec
    private CommandSpec spec;

    @Option(names = "--commands", description = "to record (default: ${DEFAULT-VALUE})", defaultValue = "1000000")
    private int commands;

    @Option(
            names = "--every",
            description = "ticks from hash to hash (default: ${DEFAULT-VALUE})",
            defaultValue = "1000")
    private int every;

    @Option(names = "--java", paramLabel = "FOLDER", description = "another JDK to replay with; may be repeated")
    private List<Path> javas = new ArrayList<>();

    @Option(names = "--only", description = "variants by name: 2-workers, elsewhere, interpreted, java", split = ",")
    private List<String> only = new ArrayList<>();

    @Option(names = "--json", paramLabel = "FILE", description = "write one JSON object per figure and line")
    private Path json;

    /** One way to replay. */
    private record Variant(String name, Path java, List<String> flags, int workers) {}

    @Override
    public Integer call() throws IOException {
        if (commands < 1 || every < 1) {
            throw new ParameterException(
                    spec.commandLine(), "must be at least 1: --commands=" + commands + ", --every=" + every);
        }
        for (final Path java : javas) {
            if (!Files.isRegularFile(java.resolve("release"))) {
                throw new ParameterException(spec.commandLine(), "not a JDK: --java=" + java);
            }
        }
        final Path file = Files.createTempFile("takt-replay", ".commands");
        try {
            return compare(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private int compare(final Path file) throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final long[] recorded = new Recorder(commands).record(file);
        out.printf(
                Locale.ROOT, "recorded: ticks %d, commands %d, %d bytes%n", recorded[0], recorded[1], Files.size(file));
        out.flush();
        final List<Figure> figures = new ArrayList<>();
        String[] first = null;
        boolean same = true;
        for (final Variant variant : variants()) {
            final long startNs = System.nanoTime();
            final String[] hashes = replay(file, variant);
            final double seconds = (System.nanoTime() - startNs) / 1e9;
            first = first == null ? hashes : first;
            final int difference = Arrays.mismatch(first, hashes);
            same &= difference < 0;
            figures.add(new Figure("replay." + variant.name(), seconds, "s", "recorded", difference < 0 ? 1 : 0));
            out.printf(
                    Locale.ROOT,
                    "%-28s %7.1f s  %d hashes %s%n",
                    variant.name(),
                    seconds,
                    hashes.length,
                    difference < 0
                            ? "the same, the last is " + Long.toHexString(Long.parseLong(hashes[hashes.length - 1]))
                            : "DIFFER from tick " + (difference + 1L) * every + " on");
            out.flush();
        }
        if (json != null) {
            FigureFile.write(json, figures);
        }
        return same ? 0 : DIFFERENT;
    }

    private String[] replay(final Path file, final Variant variant) {
        final List<String> arguments =
                List.of(file.toString(), Integer.toString(variant.workers()), Integer.toString(every));
        try (ChildJvm child =
                ChildJvm.start(variant.name(), variant.java(), variant.flags(), ReplayMain.class, arguments)) {
            return child.ask("replay").split(",", -1);
        }
    }

    private List<Variant> variants() {
        final Path java = Path.of(System.getProperty("java.home"));
        final List<Variant> all = new ArrayList<>();
        all.add(new Variant("1-worker", java, List.of(), 1));
        all.add(new Variant("2-workers", java, List.of(), 2));
        all.add(new Variant("elsewhere", java, ELSEWHERE, 2));
        all.add(new Variant("interpreted", java, List.of("-Xint"), 1));
        for (final Path other : javas) {
            all.add(new Variant("java." + other.getFileName(), other, List.of(), 2));
            all.add(new Variant("java." + other.getFileName() + ".elsewhere", other, ELSEWHERE, 1));
        }
        all.removeIf(variant -> !only.isEmpty()
                && !"1-worker".equals(variant.name())
                && only.stream().noneMatch(name -> variant.name().startsWith(name)));
        return all;
    }
}
