package io.taktdb.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a person watches standard output. */
final class Terminal {
    private Terminal() {}

    /** Asks the command {@code test}, which inherits the stream: Java tells only of input and output together. */
    static boolean isStandardOutput() {
        if (Files.isRegularFile(Path.of("/proc/self/fd/1"))) {
            return false;
        }
        try {
            return new ProcessBuilder("test", "-t", "1").inheritIO().start().waitFor() == 0;
        } catch (final IOException e) {
            return false; // a system without that command: plain lines do everywhere
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
