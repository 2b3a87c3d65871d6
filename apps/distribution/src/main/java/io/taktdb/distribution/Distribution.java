package io.taktdb.distribution;

import io.taktdb.cli.command.TaktCommand;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * What the zip holds, by path.
 *
 * <pre>
 *   takt                        the launcher; finds Java, builds nothing
 *   db-server.jar db-cli.jar demo-world.jar   each names the libraries that it needs
 *   lib/                        libraries of all three, once
 *   config/jvm/                 flags that every Java is started with
 *   man/man1/                   manual pages, made from the commands
 *   service/                    Dockerfile, systemd unit
 *   docs/, LICENSE, NOTICE, THIRD-PARTY.md, README.md, VERSION
 * </pre>
 *
 * Threading: one thread.
 */
public final class Distribution {
    private static final List<String> APPS = List.of("db-server", "db-cli", "demo-world");
    private static final List<String> TEXTS = List.of(
            "LICENSE",
            "NOTICE",
            "README.md",
            "THIRD-PARTY.md",
            "CHANGELOG.md",
            "docs/CLI.md",
            "docs/OPERATING.md",
            "docs/TUTORIAL.md");
    private static final List<String> SERVICE = List.of("Dockerfile", "taktdb.service");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    private final String version;
    private final SortedMap<String, byte[]> files;

    private Distribution(final String version, final SortedMap<String, byte[]> files) {
        this.version = version;
        this.files = files;
    }

    /**
     * Gathers it from a checkout whose apps are packaged.
     *
     * @throws IOException something is missing
     */
    public static Distribution of(final Path home) throws IOException {
        final SortedMap<String, byte[]> files = new TreeMap<>();
        final String version = version(home);
        files.put("takt", Files.readAllBytes(home.resolve("takt")));
        files.put("VERSION", (version + "\n").getBytes(StandardCharsets.UTF_8));
        for (final String app : APPS) {
            final Path target = home.resolve("apps").resolve(app).resolve("target");
            files.put(app + ".jar", Files.readAllBytes(target.resolve(app + ".jar")));
            addFolder(files, target.resolve("lib"), "lib/");
        }
        addFolder(files, home.resolve("config/jvm"), "config/jvm/");
        for (final String text : TEXTS) {
            files.put(text, Files.readAllBytes(home.resolve(text)));
        }
        for (final String name : SERVICE) {
            files.put("service/" + name, resource(name));
        }
        manual(files, version, new CommandLine(new io.taktdb.server.Main()));
        manual(files, version, TaktCommand.commandLine());
        return new Distribution(version, files);
    }

    private static String version(final Path home) throws IOException {
        final Matcher found = VERSION.matcher(Files.readString(home.resolve("pom.xml")));
        if (!found.find()) {
            throw new IOException("no version in the project's file: file=" + home.resolve("pom.xml"));
        }
        return found.group(1);
    }

    private static void addFolder(final Map<String, byte[]> files, final Path folder, final String to)
            throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (final Path file : all.sorted().toList()) {
                final byte[] before = files.put(to + file.getFileName(), Files.readAllBytes(file));
                if (before != null && !java.util.Arrays.equals(before, files.get(to + file.getFileName()))) {
                    throw new IOException("two files of one name differ: file=" + file);
                }
            }
        }
    }

    private static byte[] resource(final String name) throws IOException {
        try (InputStream in = Distribution.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    /** A page for a command and for each below it. */
    private static void manual(final Map<String, byte[]> files, final String version, final CommandLine command) {
        final String name = command.getCommandSpec().qualifiedName("-");
        files.put(
                "man/man1/" + name.replace(' ', '-') + ".1",
                ManPage.of(command, version).getBytes(StandardCharsets.UTF_8));
        command.getSubcommands().values().stream()
                .filter(one -> !one.getCommandSpec().usageMessage().hidden())
                .forEach(one -> manual(files, version, one));
    }

    /** Paths of all files, sorted. */
    public List<String> paths() {
        return List.copyOf(files.keySet());
    }

    /**
     * Writes {@code taktdb-VERSION.zip} into a folder; the same bytes for the same files, whenever and wherever.
     *
     * @return the file
     */
    public Path writeTo(final Path folder) throws IOException {
        final Path zip = folder.resolve("taktdb-" + version + ".zip");
        Zips.write(zip, "taktdb-" + version + "/", files);
        return zip;
    }
}
