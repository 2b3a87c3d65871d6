package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.management.ThreadMXBean;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.TypeParser;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts what the reading thread allocates: exact, and without a clock. */
final class JsonGarbageTest {
    private static final int VALUES = 20_000;

    private static long allocatedBy(final FieldType type, final byte[] json) throws IOException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer(1024);
        final JsonToValue values = new JsonToValue();
        final JsonFaults faults = new JsonFaults();
        final long before = threads.getCurrentThreadAllocatedBytes();
        try (JsonParser parser = StrictJson.parser(json, 0, json.length)) {
            StrictJson.next(parser);
            while (StrictJson.next(parser) != JsonToken.END_ARRAY) {
                values.encode(parser, type, false, out, 0, "field", faults);
            }
        }
        faults.throwIfAny(type.spelling());
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "bool, true",
                "i32, -2147483648",
                "u64, 18446744073709551615",
                "i64, \"-9223372036854775808\"",
                "f32, 0.1",
                "f64, -1.2345678901234567e-300",
                "f64, \"NaN\"",
                "string, \"short €\"",
                "timestamp, \"2024-02-29T23:59:59.123456+01:00\"",
                "uuid, \"00112233-4455-6677-8899-aabbccddeeff\"",
                "bytes, \"aGVsbG8=\"",
                "`enum(red,green,blue)`, \"green\"",
                "json, 1.10",
                "3xf32, `[1.5,2.5,3.5]`"
            })
    @Tag("rc_1:test_insert_record_performance")
    void shouldLeaveNoGarbagePerValueWhenOneParserReadsMany(final String type, final String json) throws IOException {
        final FieldType field = TypeParser.parse(type, Map.of());
        final byte[] few = ("[" + json + "]").getBytes(StandardCharsets.UTF_8);
        final byte[] many = ("[" + (json + ",").repeat(VALUES) + json + "]").getBytes(StandardCharsets.UTF_8);
        allocatedBy(field, many); // classes load and buffers of the parser grow
        final long once = allocatedBy(field, few);
        final long perValue = (allocatedBy(field, many) - once) / VALUES;

        assertTrue(perValue == 0, () -> "bytes of garbage per value: " + perValue + ", for one: " + once);
    }
}
