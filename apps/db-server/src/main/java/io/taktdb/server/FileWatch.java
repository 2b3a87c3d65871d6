package io.taktdb.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are read again when they change: their times are looked at about once a second. What cannot be read is
 * logged, and what was read before stays in force.
 *
 * <p>Threading: its own thread calls the readers; started and closed by one thread.
 */
final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);
    private static final long PERIOD_SECONDS = 1;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        final Thread made = new Thread(task, "takt-files");
        made.setDaemon(true);
        return made;
    });

    /** What is done when one of the files has changed. */
    private static final class Watched {
        private final String name;
        private final List<Path> files;
        private final Runnable reader;
        private String seen;

        Watched(final String name, final List<Path> files, final Runnable reader) {
            this.name = name;
            this.files = files;
            this.reader = reader;
            this.seen = look();
        }

        private String look() {
            final StringBuilder times = new StringBuilder();
            for (final Path file : files) {
                try {
                    final FileTime time = Files.getLastModifiedTime(file);
                    times.append(time).append(' ').append(Files.size(file)).append(';');
                } catch (final IOException e) {
                    times.append("absent;");
                }
            }
            return times.toString();
        }

        void check() {
            final String now = look();
            if (now.equals(seen)) {
                return;
            }
            seen = now;
            try {
                reader.run();
                LOG.info("{} read again: files={}", name, files);
            } catch (final RuntimeException e) {
                LOG.error("{} not read again, the old ones hold: {}", name, e.getMessage());
            }
        }
    }

    /**
     * Watches files.
     *
     * @param name what they are, for the log
     * @param reader reads them all; throws if they cannot be used
     */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
    void watch(final String name, final List<Path> files, final Runnable reader) {
        final Watched watched = new Watched(name, files, reader);
        thread.scheduleWithFixedDelay(watched::check, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
