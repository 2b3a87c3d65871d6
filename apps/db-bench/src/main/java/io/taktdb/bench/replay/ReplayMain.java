package io.taktdb.bench.replay;

import io.taktdb.bench.fork.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** A JVM that replays a recording and answers with its hashes. Threading: one thread. */
final class ReplayMain {
    private ReplayMain() {}

    /** Takes: file, workers, ticks from hash to hash. */
    public static void main(final String[] args) throws IOException {
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            System.out.println(ChildJvm.ANSWER
                    + Replayer.hashes(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2])).stream()
                            .map(hash -> Long.toString(hash))
                            .collect(Collectors.joining(",")));
        }
    }
}
