package io.taktdb.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class ServerOptionsTest {
    /** A process that only says what it was told. */
    @Command(name = "told")
    private static final class Told implements Runnable {
        @Mixin
        private ServerOptions options;

        private ServerConfig config;

        @Override
        public void run() {
            config = options.config();
        }
    }

    private static ServerConfig config(final String... args) {
        final Told told = new Told();
        assertEquals(0, new CommandLine(told).execute(args));
        return told.config;
    }

    private static String refusal(final String... args) {
        final StringWriter errors = new StringWriter();
        final CommandLine line = new CommandLine(new Told()).setErr(new PrintWriter(errors, true));
        assertEquals(2, line.execute(args));
        return errors.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "16777216,16777216",
        "16384k,16777216",
        "512m,536870912",
        "4G,4294967296",
        "1t,1099511627776",
        "64MiB,67108864"
    })
    void shouldTakeMemoryInUnits(final String text, final long bytes) {
        assertEquals(bytes, config("--max-memory", text).maxMemory());
    }

    @Test
    void shouldLimitMemoryByTheMachineWhenNobodySays() {
        final long limit = config().maxMemory();
        assertTrue(limit >= MemoryBudget.MIN_BYTES && limit < MemoryBudget.UNLIMITED, "limit=" + limit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "-1m", "1.5g", "12x", "9999999999999999t", "4 g b", "99999999999999999999"})
    void shouldSayWhatToWriteWhenMemoryIsNoAmount(final String text) {
        assertTrue(refusal("--max-memory=" + text).contains("--max-memory"), text);
        assertThrows(IllegalArgumentException.class, () -> ByteSize.parse(text));
    }

    @Test
    void shouldRefuseWhenMemoryIsTooLittle() {
        final String refusal = refusal("--max-memory", "15m");
        assertTrue(refusal.contains("--max-memory=15m") && refusal.contains("16m"), refusal);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "500ms,500", "30,30000", "30s,30000", "5m,300000", "1H,3600000"})
    void shouldTakeTimesInUnits(final String text, final long millis) {
        final ServerConfig config = config("--snapshot-interval", text, "--keep-snapshots", "5");
        assertEquals(Duration.ofMillis(millis), config.store().snapshotInterval());
        assertEquals(5, config.store().keepSnapshots());
        assertEquals(
                Duration.ofMillis(millis + 1),
                config("--max-lease-age", millis + 1 + "ms").loop().maxLeaseAge());
        assertEquals(
                Duration.ofMillis(millis + 1),
                config("--call-limit", millis + 1 + "ms").loop().callLimit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5s", "1.5m", "5 minutes", "5d"})
    void shouldSayWhatToWriteWhenTimeIsNone(final String text) {
        final String refusal = refusal("--snapshot-interval=" + text);
        assertTrue(refusal.contains("--snapshot-interval: not a span of time: " + text), refusal);
    }

    @Test
    void shouldRefuseWhenNumbersAreOutOfRange() {
        assertTrue(refusal("--keep-snapshots", "0").contains("--keep-snapshots=0"));
        assertTrue(refusal("--workers", "0").contains("workers=0, limit=1..256"));
        assertTrue(refusal("--hash-ticks", "-1").contains("hashTicks=-1, limit=0.."));
        assertTrue(refusal("--call-limit", "soon").contains("--call-limit: "));
        assertTrue(refusal("--max-lease-age", "0").contains("--max-lease-age=0"));
        assertTrue(refusal("--port", "65536").contains("--port=65536"));
        assertTrue(refusal("--tick-rate", "14").contains("15..120"));
        assertTrue(refusal("--bind", "0.0.0.0").contains("not loopback"));
    }
}
