package io.taktdb.types.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ListType;
import io.taktdb.types.schema.OneofType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Random types, and random JSON that fits them, from a seed. */
public final class SampleTypes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Random random;

    public SampleTypes(final long seed) {
        random = new Random(seed);
    }

    /** Any type; composites get names of their own. */
    public FieldType type() {
        return any(0);
    }

    private FieldType any(final int depth) {
        return switch (random.nextInt(depth > 3 ? 3 : 4)) {
            case 0 -> pick(VariableType.values());
            case 1, 2 -> fixed(0);
            default -> nested(depth);
        };
    }

    private FieldType nested(final int depth) {
        final FieldType inner = any(depth + 1);
        switch (random.nextInt(3)) {
            case 0:
                return new ListType(inner);
            case 1:
                final boolean isPlain = !(inner instanceof OptionType) && inner != VariableType.JSON;
                return isPlain ? new OptionType(inner) : new ListType(inner);
            default:
                final List<OneofType.Variant> variants = new ArrayList<>();
                variants.add(new OneofType.Variant("v", inner));
                for (int i = 0; i < random.nextInt(4); i++) {
                    variants.add(new OneofType.Variant("v" + i, any(depth + 1)));
                }
                return new OneofType(variants);
        }
    }

    private FieldType fixed(final int depth) {
        switch (random.nextInt(depth > 3 ? 3 : 5)) {
            case 0:
                return new VectorType(1 + random.nextInt(5), pick(ScalarType.values()));
            case 1:
                return EnumType.of(
                        null,
                        IntStream.rangeClosed(0, random.nextInt(20) * random.nextInt(20))
                                .mapToObj(i -> "name" + i)
                                .toList());
            case 2, 3:
                return pick(ScalarType.values());
            default:
                return composite("Composite" + random.nextInt(1_000_000), depth);
        }
    }

    private CompositeType composite(final String name, final int depth) {
        final List<CompositeType.Member> members = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            members.add(new CompositeType.Member("m" + i, fixed(depth + 1), 0));
        }
        return CompositeType.of(name, members);
    }

    /** JSON that fits the type and comes back as an equal tree. */
    public JsonNode value(final FieldType type) {
        if (type instanceof ScalarType scalar) {
            return scalar(scalar);
        } else if (type instanceof VectorType vector) {
            final var array = NODES.arrayNode();
            IntStream.range(0, vector.length()).forEach(i -> array.add(scalar(vector.element())));
            return array;
        } else if (type instanceof EnumType listed) {
            return NODES.textNode(
                    listed.names().get(random.nextInt(listed.names().size())));
        } else if (type instanceof CompositeType composite) {
            final var object = NODES.objectNode();
            composite.members().forEach(member -> object.set(member.name(), value(member.type())));
            return object;
        } else if (type instanceof ListType list) {
            final var array = NODES.arrayNode();
            IntStream.range(0, random.nextInt(4)).forEach(i -> array.add(value(list.element())));
            return array;
        } else if (type instanceof OptionType option) {
            return random.nextInt(3) == 0 ? NODES.nullNode() : value(option.inner());
        } else if (type instanceof OneofType oneof) {
            final OneofType.Variant variant =
                    oneof.variants().get(random.nextInt(oneof.variants().size()));
            return NODES.objectNode().set(variant.name(), value(variant.type()));
        }
        return switch ((VariableType) type) {
            case STRING -> NODES.textNode(text());
            case BYTES -> NODES.textNode(Base64.getEncoder().encodeToString(bytes()));
            case JSON -> tree(0);
        };
    }

    private JsonNode scalar(final ScalarType type) {
        final long bits = random.nextLong() >> random.nextInt(64);
        return switch (type) {
            case BOOL -> NODES.booleanNode(random.nextBoolean());
            case F32 -> real(Float.intBitsToFloat((int) bits), Float.toString(Float.intBitsToFloat((int) bits)));
            case F64 -> real(Double.longBitsToDouble(bits), Double.toString(Double.longBitsToDouble(bits)));
            case TIMESTAMP ->
                NODES.textNode(Instant.EPOCH
                        .plus(bits % TimestampText.MAX_MICROS / 8, ChronoUnit.MICROS)
                        .toString());
            case UUID -> NODES.textNode(new UUID(bits, random.nextLong()).toString());
            case U64 -> NODES.numberNode(new BigInteger(Long.toUnsignedString(bits)));
            default -> NODES.numberNode(bits & type.maxInteger());
        };
    }

    private static JsonNode real(final double value, final String digits) {
        return Double.isFinite(value) ? NODES.numberNode(new BigDecimal(digits)) : NODES.textNode(digits);
    }

    /** Text of any code points, surrogates in pairs only. */
    public String text() {
        return text(random.nextInt(20) == 0 ? 5000 : 20);
    }

    private String text(final int longest) {
        final int[] bounds = {0x20, 0x80, 0x800, 0x10000, 0x110000};
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest); i > 0; i--) {
            final int c = random.nextInt(bounds[random.nextInt(bounds.length)]);
            text.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 'x' : c);
        }
        return text.toString();
    }

    private byte[] bytes() {
        final byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private JsonNode tree(final int depth) {
        switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0:
                return NODES.textNode(text());
            case 1:
                return NODES.booleanNode(random.nextBoolean());
            case 2:
                return NODES.numberNode(new BigInteger(1 + random.nextInt(200), random).negate());
            case 3:
                return NODES.numberNode(new BigDecimal(new BigInteger(90, random), random.nextInt(40)));
            case 4:
                final var array = NODES.arrayNode();
                IntStream.range(0, random.nextInt(5)).forEach(i -> array.add(tree(depth + 1)));
                return array;
            default:
                final var object = NODES.objectNode();
                IntStream.range(0, random.nextInt(5)).forEach(i -> object.set(i + text(20), tree(depth + 1)));
                return object;
        }
    }

    private <T> T pick(final T[] all) {
        return all[random.nextInt(all.length)];
    }
}
