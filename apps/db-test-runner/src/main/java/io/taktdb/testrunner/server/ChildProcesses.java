package io.taktdb.testrunner.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes that this one started and has not ended yet. When this one ends, by Ctrl-C too, they end first, and
 * their folders go.
 *
 * <p>Processes are ended by their handles, never by name. Threading: safe for use from any thread.
 */
final class ChildProcesses {
    /** How long a server may take to save and end. */
    static final long STOP_SECONDS = 20;

    private static final long LAST_WAIT_SECONDS = 5;
    private static final Map<Process, Path> LIVE = new HashMap<>();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ChildProcesses::endAll, "end-child-processes"));
    }

    private ChildProcesses() {}

    /**
     * Starts a process.
     *
     * @param folder what goes with it when it is ended from here
     */
    static synchronized Process start(final ProcessBuilder builder, final Path folder) throws IOException {
        if (ending) {
            throw new IOException("nothing is started any more: the runner is ending");
        }
        final Process process = builder.start();
        LIVE.put(process, folder);
        return process;
    }

    /**
     * Asks a process to end and waits for it.
     *
     * @return whether it ended by itself within the time
     */
    static boolean end(final Process process) {
        final List<ProcessHandle> family = family(process);
        family.forEach(ProcessHandle::destroy);
        final boolean ended = waitFor(process, STOP_SECONDS);
        family.forEach(ProcessHandle::destroyForcibly);
        waitFor(process, LAST_WAIT_SECONDS);
        synchronized (ChildProcesses.class) {
            LIVE.remove(process);
        }
        return ended;
    }

    /** Ends a process at once, with those that it started, and waits until it is gone. */
    static void kill(final Process process) {
        family(process).forEach(ProcessHandle::destroyForcibly);
        waitFor(process, STOP_SECONDS);
        synchronized (ChildProcesses.class) {
            LIVE.remove(process);
        }
    }

    /** The process and those that it started, which a shell script may not pass signals on to. */
    private static List<ProcessHandle> family(final Process process) {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }

    private static boolean waitFor(final Process process, final long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void endAll() {
        final Map<Process, Path> live;
        synchronized (ChildProcesses.class) {
            ending = true;
            live = Map.copyOf(LIVE);
        }
        live.keySet().forEach(ChildProcesses::end);
        for (final Path folder : live.values()) {
            try {
                DataFolder.remove(folder);
            } catch (final IOException e) {
                System.err.println("folder is left behind: folder=" + folder + ", reason=" + e.getMessage());
            }
        }
    }
}
