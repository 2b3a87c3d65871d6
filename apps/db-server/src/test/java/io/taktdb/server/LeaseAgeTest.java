package io.taktdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.taktdb.core.state.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A lease that somebody forgot. */
final class LeaseAgeTest {
    private static final class Events extends AppenderBase<ILoggingEvent> {
        private final LinkedBlockingQueue<ILoggingEvent> events = new LinkedBlockingQueue<>();

        @Override
        protected void append(final ILoggingEvent event) {
            events.add(event);
        }
    }

    @TempDir
    private Path data;

    private static void awaitOverdue(final TaktServer server, final IntPredicate wanted) {
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!wanted.test(server.db().status().overdueLeases()) && System.nanoTime() - untilNs < 0) {
            Thread.onSpinWait();
        }
        final int overdue = server.db().status().overdueLeases();
        assertTrue(wanted.test(overdue), "overdue=" + overdue);
    }

    @Test
    void shouldLogAndCountWhenALeaseIsHeldForTooLong() throws Exception {
        final Events log = new Events();
        log.start();
        final Logger logger = (Logger) LoggerFactory.getLogger("io.taktdb.runtime.tick.LeaseReport");
        logger.addAppender(log);
        final ServerConfig config = ServerConfig.of(data).withPort(0).withMaxLeaseAge(Duration.ofMillis(20));
        try (TaktServer server = TaktServer.start(config, List.of())) {
            try (Lease lease = server.db().lease()) {
                final ILoggingEvent event = log.events.poll(60, TimeUnit.SECONDS);
                final String text = event.getFormattedMessage();
                assertTrue(text.contains("thread=" + Thread.currentThread().getName()), text);
                assertTrue(text.contains("commit=" + lease.state().commit()), text);
                assertTrue(text.contains("maxLeaseAgeMs=20"), text);
                assertTrue(event.getThrowableProxy() != null, "guard mode keeps the stack of the taker");
                awaitOverdue(server, overdue -> overdue == 1);
                assertTrue(server.db().status().oldestLeaseNs() > 0);
            }
            awaitOverdue(server, overdue -> overdue == 0);
            assertEquals(0, log.events.size(), "one report for a lease");
        } finally {
            logger.detachAppender(log);
        }
    }
}
