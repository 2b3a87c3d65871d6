package io.taktdb.types.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.VariableType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.ExpandableArrayBuffer;

final class JsonRoundTripTest {
    /** Whole numbers are equal digit by digit, others when they are the same number. */
    private static final Comparator<JsonNode> EXACT = (a, b) -> {
        final boolean numbers = a.isNumber() && b.isNumber();
        return numbers ? a.decimalValue().compareTo(b.decimalValue()) : (a.equals(b) ? 0 : 1);
    };

    /** The same, but fractions are equal when they are the same f32 or f64: JDK 17 writes more digits than needed. */
    private static final Comparator<JsonNode> AS_FLOATS = (a, b) -> {
        final boolean fractions = a.isNumber() && b.isNumber() && !(a.isIntegralNumber() && b.isIntegralNumber());
        final boolean same = fractions && (a.doubleValue() == b.doubleValue() || a.floatValue() == b.floatValue());
        return same ? 0 : EXACT.compare(a, b);
    };

    @Property
    void shouldBeDeepEqualWhenAnyValueGoesToBytesAndBack(@ForAll final long seed) throws IOException {
        final SampleTypes samples = new SampleTypes(seed);
        final FieldType type = samples.type();
        final JsonNode value = samples.value(type);
        final String text = spaced(value.toString(), new Random(seed));
        final JsonProbe probe = JsonProbe.of(type, text);
        final JsonNode back = StrictJson.mapper().readTree(probe.json());

        assertTrue(
                value.equals(type == VariableType.JSON ? EXACT : AS_FLOATS, back),
                () -> type.spelling() + "\n" + text + "\n" + back);
        assertEquals(probe.json(), JsonProbe.of(type, probe.json()).json(), "the second way is the same");
    }

    /** The same JSON with white space wherever it may stand. */
    private static String spaced(final String json, final Random random) {
        final StringBuilder text = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            final char c = json.charAt(i);
            if (c == '\\') {
                text.append(c).append(json.charAt(++i));
                continue;
            }
            quoted ^= c == '"';
            final boolean mark = !quoted && "[]{}:,".indexOf(c) >= 0;
            text.append(mark ? " \n\t".substring(0, random.nextInt(4)) : "").append(c);
        }
        return text.append(' ').toString();
    }

    @Property
    void shouldConsumeTheWholeValueWhenItFitsOrNot(@ForAll final long seed) {
        final SampleTypes samples = new SampleTypes(seed);
        final FieldType type = samples.type();
        final JsonNode other = samples.value(samples.type());
        final JsonFaults faults = new JsonFaults();
        final JsonParser parser = StrictJson.parser("[" + other + ",\"after\"]");
        StrictJson.next(parser);
        StrictJson.next(parser);
        final int end = new JsonToValue().encode(parser, type, new ExpandableArrayBuffer(), 0, "field", faults);

        assertEquals(JsonToken.VALUE_STRING, StrictJson.next(parser), () -> type.spelling() + " from " + other);
        assertEquals(faults.isEmpty() ? end : 1, end, "a fault leaves null");
        assertEquals(JsonToken.END_ARRAY, StrictJson.next(parser));
    }

    @Property
    void shouldThrowNothingElseWhenBytesAreDamaged(@ForAll final long seed) {
        final SampleTypes samples = new SampleTypes(seed);
        final Random random = new Random(seed);
        final FieldType type = samples.type();
        final byte[] bytes = samples.value(type).toString().getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        try (JsonParser parser = StrictJson.parser(bytes, 0, bytes.length - random.nextInt(2))) {
            if (StrictJson.next(parser) != null) {
                new JsonToValue().encode(parser, type, new ExpandableArrayBuffer(), 0, "field", new JsonFaults());
                StrictJson.requireEnd(parser);
            }
        } catch (final DbException e) {
            assertTrue(e.code() == ErrorCode.INVALID_JSON || e.code() == ErrorCode.LIMIT_EXCEEDED, () -> e.code() + "");
        } catch (final IOException e) {
            throw new AssertionError("not translated", e);
        }
    }

    @Property
    void shouldKeepTreesAsTheyAreWhenTheFieldIsJson(@ForAll final long seed) throws IOException {
        final JsonNode tree = new SampleTypes(seed).value(VariableType.JSON);
        final JsonNode back = StrictJson.mapper()
                .readTree(JsonProbe.of("json", tree.toString()).json());

        assertTrue(tree.equals(EXACT, back), tree::toString);
        assertTrue(tree.isArray() == back instanceof ArrayNode && tree.isObject() == back instanceof ObjectNode);
    }
}
