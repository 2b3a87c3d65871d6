package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonGenerator;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ValueToJsonTest {
    private static final int OFFSET = 11;

    /** All the places where a value's bytes may lie: on the heap, within an array, off the heap. */
    static Stream<MutableDirectBuffer> buffers() {
        return Stream.of(
                new ExpandableArrayBuffer(100_000),
                new UnsafeBuffer(new byte[100_100], 100, 100_000),
                new UnsafeBuffer(ByteBuffer.allocateDirect(100_000)),
                new UnsafeBuffer(ByteBuffer.allocate(100_100).position(50).slice()));
    }

    private static String json(final FieldType type, final DirectBuffer buffer, final int length) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator g = StrictJson.generator(bytes)) {
            g.writeStartArray();
            final ValueToJson values = new ValueToJson();
            values.write(g, type, buffer, OFFSET, length, JsonStyle.PLAIN);
            values.write(g, type, buffer, OFFSET, length, JsonStyle.PLAIN);
            g.writeEndArray();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void shouldWriteTheSameWhereverTheBytesLie(final MutableDirectBuffer buffer) throws IOException {
        for (final String text : new String[] {"", "a", "é\"\\\n", "😀".repeat(9), "long €\u0001 ".repeat(5000)}) {
            final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            buffer.putBytes(OFFSET, utf8);
            final List<?> read =
                    StrictJson.mapper().readValue(json(VariableType.STRING, buffer, utf8.length), List.class);
            final String json = '"' + "x".repeat(utf8.length) + '"';
            buffer.putBytes(OFFSET, json.getBytes(StandardCharsets.UTF_8));

            assertEquals(List.of(text, text), read);
            assertEquals("[" + json + "," + json + "]", json(VariableType.JSON, buffer, json.length()));
        }
        buffer.putBytes(OFFSET, new byte[] {1, 2, 3, 0});
        assertEquals("[\"AQI=\",\"AQI=\"]", json(VariableType.BYTES, buffer, 2));
        assertEquals("[197121,197121]", json(ScalarType.U32, buffer, 0));
    }

    @Test
    void shouldBeNullWhenJsonHasNoBytes() throws IOException {
        assertEquals("[null,null]", json(VariableType.JSON, new ExpandableArrayBuffer(), 0));
        assertEquals("[\"\",\"\"]", json(VariableType.STRING, new ExpandableArrayBuffer(), 0));
    }

    @Test
    @Tag("zc_1:test_bool_validity")
    void shouldStayReadableWhenTheEngineComputedWhatNoClientMaySend() throws IOException {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        buffer.putLong(OFFSET, Long.MAX_VALUE, ByteOrder.LITTLE_ENDIAN);

        assertEquals("[9223372036854775807,9223372036854775807]", json(ScalarType.TIMESTAMP, buffer, Long.BYTES));
        assertEquals("9223372036854775807", ValueText.of(ScalarType.TIMESTAMP, buffer, OFFSET));
        assertEquals("[true,true]", json(ScalarType.BOOL, buffer, 1));
    }

    @Test
    void shouldSayThatBytesAreDamagedWhenAnEnumHasNoSuchPosition() {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        buffer.putByte(OFFSET, (byte) 2);

        Errors.expect(
                ErrorCode.INTERNAL,
                () -> json(EnumType.of("Color", List.of("red", "green")), buffer, 1),
                "type=Color, position=2, names=2");
    }
}
