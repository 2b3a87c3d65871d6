package io.taktdb.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Random;

/** JSON of any shape from a seed: odd numbers, odd texts, nesting. Threading: one thread. */
final class RandomJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long[] INTEGERS = {
        0, 1, -1, 127, 128, 255, 65_536, (1L << 53) - 1, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final double[] DECIMALS = {
        0.1, -0.5, 1e-300, 4.9e-324, 1.7976931348623157e308, 3.141592653589793, 1e21, 123456.789, 2.5
    };
    private static final String[] TEXTS = {
        "",
        "a",
        "null",
        "é",
        "😀",
        "\u0000",
        "\"quoted\"",
        "back\\slash",
        "line\nbreak",
        "\u2028",
        "%_like",
        "1",
        "true"
    };

    private final Random random;

    RandomJson(final Random random) {
        this.random = random;
    }

    /** The kinds of values that a column may have without being widened; numbers of both kinds are one. */
    enum Kind {
        BOOL,
        INTEGER,
        DECIMAL,
        TEXT,
        NESTED
    }

    Kind kind() {
        return Kind.values()[random.nextInt(Kind.values().length)];
    }

    JsonNode value(final Kind kind) {
        return switch (kind) {
            case BOOL -> NODES.booleanNode(random.nextBoolean());
            case INTEGER ->
                NODES.numberNode(random.nextBoolean() ? INTEGERS[random.nextInt(INTEGERS.length)] : random.nextLong());
            case DECIMAL ->
                NODES.numberNode(BigDecimal.valueOf(
                        random.nextBoolean() ? DECIMALS[random.nextInt(DECIMALS.length)] : random.nextDouble()));
            case TEXT -> NODES.textNode(text());
            case NESTED -> random.nextBoolean() ? object(4) : array(4);
        };
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)].repeat(random.nextInt(4)) + random.nextInt(100);
    }

    private JsonNode any(final int depth) {
        final int choice = random.nextInt(depth == 0 ? 4 : 7);
        return switch (choice) {
            case 0 -> NODES.nullNode();
            case 1 -> value(Kind.BOOL);
            case 2 -> value(random.nextBoolean() ? Kind.INTEGER : Kind.DECIMAL);
            case 3 -> value(Kind.TEXT);
            case 4 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private ObjectNode object(final int depth) {
        final ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set(text(), any(depth));
        }
        return object;
    }

    private ArrayNode array(final int depth) {
        final ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(any(depth));
        }
        return array;
    }
}
