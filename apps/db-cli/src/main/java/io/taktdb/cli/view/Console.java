package io.taktdb.cli.view;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The three standard streams, and which of the output ones a person watches.
 *
 * @param outLive standard output is a terminal, so that it may be repainted
 * @param errLive standard error is a terminal
 */
public record Console(InputStream in, PrintStream out, PrintStream err, boolean outLive, boolean errLive) {
    /** The process's own streams, in UTF-8. */
    public static Console system() {
        return new Console(
                new FileInputStream(FileDescriptor.in),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal(1),
                isTerminal(2));
    }

    /** Java asks only for input and output together; where the system has names for open files, they tell each. */
    private static boolean isTerminal(final int descriptor) {
        try {
            final Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor));
            return target.startsWith("/dev/pts")
                    || target.toString().startsWith("/dev/tty")
                    || target.toString().equals("/dev/console");
        } catch (final IOException | UnsupportedOperationException e) {
            return testSaysTerminal(descriptor);
        }
    }

    /** Asks the command {@code test}, which inherits the streams. */
    private static boolean testSaysTerminal(final int descriptor) {
        try {
            final String number = Integer.toString(descriptor);
            return new ProcessBuilder("test", "-t", number).inheritIO().start().waitFor() == 0;
        } catch (final IOException e) {
            return false;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
