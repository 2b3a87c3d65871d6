package io.taktdb.bench.tick;

import io.taktdb.bench.fork.ChildJvm;
import io.taktdb.bench.report.Figure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * A JVM that measures one case, so that no case runs code that another one has shaped. Answers each line with
 * {@code name value theirs, ...}. Threading: one thread.
 */
final class CaseMain {
    private CaseMain() {}

    /** Takes: case, seconds, rows. */
    public static void main(final String[] args) throws IOException {
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            final TickCase measured = new TickCase(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
            System.out.println(ChildJvm.ANSWER
                    + measured.run().stream().map(CaseMain::line).collect(Collectors.joining(",")));
        }
    }

    private static String line(final Figure figure) {
        return figure.name() + ' ' + figure.value() + ' ' + figure.peer() + ' ' + figure.ratio();
    }

    /** Reads what {@link #line} wrote. */
    static Figure figure(final String line) {
        final String[] parts = line.split(" ", -1);
        return new Figure(parts[0], Double.parseDouble(parts[1]), "us", parts[2], Double.parseDouble(parts[3]));
    }
}
