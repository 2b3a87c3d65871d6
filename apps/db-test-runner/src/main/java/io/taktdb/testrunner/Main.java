package io.taktdb.testrunner;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs test plans and ends with 0 when all passed, 1 when some failed, 2 when there was nothing sensible to run. */
public final class Main {
    private Main() {}

    /** Runs plans: files or folders, and options. */
    public static void main(final String[] args) {
        final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        final PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(PlansCommand.run(out, err, args));
    }
}
