package io.taktdb.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code takt package}: makes the zip, or says in what two of them differ. */
@Command(
        name = "takt package",
        mixinStandardHelpOptions = true,
        description = "Make the distribution: a zip with launcher, jars, manual pages and service files.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ok", "1:failed, or --compare found a difference", "2:wrong arguments"})
public final class Main implements Callable<Integer> {
    private static final double MEBIBYTE = 1 << 20;

    @Option(names = "--output", paramLabel = "FOLDER", description = "Where to; else target of the project.")
    private Path output;

    @Option(names = "--compare", paramLabel = "ZIP", description = "Compare with another build of the same sources.")
    private Path other;

    public static void main(final String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        final Path home = Path.of(System.getProperty("taktdb.home", "")).toAbsolutePath();
        final Path folder = output == null ? home.resolve("target") : output;
        Files.createDirectories(folder);
        final Path zip = Distribution.of(home).writeTo(folder);
        System.out.printf(
                Locale.ROOT,
                "%s%n  %.1f MiB, sha256 %s%n",
                zip,
                Files.size(zip) / MEBIBYTE,
                sha256(Files.readAllBytes(zip)));
        if (other == null) {
            return 0;
        }
        final List<String> differences = Zips.differences(zip, other);
        differences.forEach(System.out::println);
        System.out.println(differences.isEmpty() ? "the same, byte for byte: " + other : "differs: " + other);
        return differences.isEmpty() ? 0 : 1;
    }

    private static String sha256(final byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
