package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimestampJsonTest {
    private static long microsOf(final String json) {
        final JsonProbe probe = JsonProbe.of("timestamp", json);
        probe.faults().throwIfAny(json);
        return probe.value().buffer().getLong(probe.value().offset(), ByteOrder.LITTLE_ENDIAN);
    }

    @Property
    void shouldAgreeWithJavaTimeWhenReadAndWritten(
            @ForAll @LongRange(min = TimestampText.MIN_MICROS, max = TimestampText.MAX_MICROS) final long micros,
            @ForAll @IntRange(min = -1439, max = 1439) final int offsetMinutes) {
        final OffsetDateTime time = Instant.EPOCH
                .plus(micros, ChronoUnit.MICROS)
                .atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes % 1080 * 60));
        final String canonical = time.toInstant().toString();

        assertEquals(micros, microsOf(Long.toString(micros)));
        assertEquals(
                '"' + canonical + '"',
                JsonProbe.of("timestamp", Long.toString(micros)).json());
        assertEquals(micros, microsOf('"' + canonical + '"'));
        if (time.getYear() >= 0 && time.getYear() <= 9999 && time.getSecond() != 0) {
            assertEquals(micros, microsOf('"' + time.toString() + '"'));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01t00:00:00z, 0",
        "1970-01-01T00:00:00.5Z, 500000",
        "1970-01-01T00:00:00.000001Z, 1",
        "1970-01-01T00:00:00.123456000Z, 123456",
        "1969-12-31T23:59:59.999999Z, -1",
        "1970-01-01T01:30:00+01:30, 0",
        "1969-12-31T00:01:00-23:59, 0",
        "1970-01-01T00:00:00-00:00, 0",
        "2000-02-29T00:00:00Z, 951782400000000",
        "0000-01-01T00:00:00Z, -62167219200000000",
        "9999-12-31T23:59:59.999999Z, 253402300799999999"
    })
    void shouldCountMicrosecondsWhenTextIsRfc3339(final String text, final long micros) {
        assertEquals(micros, microsOf('"' + text + '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"1970-01-01\"",
                "\"1970-01-01T00:00:00\"",
                "\"1970-01-01 00:00:00Z\"",
                "\"1970-01-01T00:00Z\"",
                "\"1970-01-01T00:00:00.Z\"",
                "\"1970-01-01T00:00:00.1234567Z\"",
                "\"1970-13-01T00:00:00Z\"",
                "\"1970-00-01T00:00:00Z\"",
                "\"1970-01-32T00:00:00Z\"",
                "\"1970-01-00T00:00:00Z\"",
                "\"2023-02-29T00:00:00Z\"",
                "\"1900-02-29T00:00:00Z\"",
                "\"2024-04-31T00:00:00Z\"",
                "\"1970-01-01T24:00:00Z\"",
                "\"1970-01-01T00:60:00Z\"",
                "\"2016-12-31T23:59:60Z\"",
                "\"1970-01-01T00:00:00+24:00\"",
                "\"1970-01-01T00:00:00+00:60\"",
                "\"1970-01-01T00:00:00+0000\"",
                "\"1970-01-01T00:00:00+00\"",
                "\"1970-01-01T00:00:00ZZ\"",
                "\"-001-01-01T00:00:00Z\"",
                "\"10000-01-01T00:00:00Z\"",
                "\"1970-01-01T00:00:0１Z\"",
                "\"0000-01-01T00:00:00+00:01\"",
                "\"9999-12-31T23:59:59-00:01\"",
                "\"0\"",
                "1.0",
                "1e3",
                "true",
                "-62167219200000001",
                "253402300800000000",
                "9223372036854775808",
                "[0]",
                "{}"
            })
    void shouldBeAFaultWhenItIsNoTimestamp(final String json) {
        assertTrue(JsonProbe.of("timestamp", json).fault().expected().startsWith("timestamp (RFC 3339"));
    }

    @ParameterizedTest
    @CsvSource({"1, .000001", "1000, .001", "100000, .100", "120000, .120", "123456, .123456", "0, ''", "1000000, ''"})
    void shouldWriteNoneThreeOrSixDigitsWhenThereIsAFraction(final long micros, final String fraction) {
        final String second = micros == 1_000_000 ? "01" : "00";

        assertEquals(
                "\"1970-01-01T00:00:" + second + fraction + "Z\"",
                JsonProbe.of("timestamp", Long.toString(micros)).json());
    }

    @Test
    void shouldWriteMicrosecondsWhenTheYearHasNoText() {
        final char[] out = new char[TimestampText.MAX_LENGTH];

        assertEquals(0, TimestampText.format(TimestampText.MAX_MICROS + 1, out));
        assertEquals(0, TimestampText.format(Long.MIN_VALUE, out));
        assertEquals(TimestampText.MAX_LENGTH, TimestampText.format(TimestampText.MAX_MICROS, out));
    }
}
