package io.taktdb.bench.fork;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the flags of this JVM over to one of another version, which lacks some or needs more. */
final class JvmFlags {
    /** From this version on Java asks to be told that raw memory is used. */
    private static final int FIRST_TO_ASK = 24;

    private static final List<String> TOLD =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    private JvmFlags() {}

    static List<String> of(final Path javaHome, final List<String> flags) {
        final List<String> taken = new ArrayList<>(flags);
        taken.removeAll(TOLD);
        if (version(javaHome) >= FIRST_TO_ASK) {
            taken.addAll(TOLD);
        }
        return taken;
    }

    /** Major version of a JDK, from the file that every JDK has in its folder. */
    static int version(final Path javaHome) {
        try {
            final Matcher version = VERSION.matcher(Files.readString(javaHome.resolve("release")));
            if (!version.find()) {
                throw new IllegalArgumentException("no version in the file: file=" + javaHome.resolve("release"));
            }
            return Integer.parseInt(version.group(1));
        } catch (final IOException e) {
            throw new UncheckedIOException("not a JDK: folder=" + javaHome, e);
        }
    }
}
