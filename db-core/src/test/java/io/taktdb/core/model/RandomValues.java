package io.taktdb.core.model;

import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ListType;
import io.taktdb.types.schema.OneofType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import io.taktdb.types.value.ValueKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random values of any type, as the bytes that a page or heap holds. Threading: none of its own. */
final class RandomValues {
    /** Around every border of the heap: inline, slot classes, the largest slot, blocks. */
    private static final int[] LENGTHS = {
        0, 1, 3, 4, 5, 11, 12, 13, 15, 16, 17, 24, 25, 40, 64, 100, 500, 1_000, 2_304, 3_000, 5_000, 8_096, 8_097
    };

    private static final int HUGE = 1 << 20;

    private RandomValues() {}

    /** A value of a type. */
    static byte[] of(final FieldType type, final Random random) {
        if (type instanceof ScalarType scalar) {
            return scalar(scalar, random);
        } else if (type instanceof VectorType vector) {
            final byte[] bytes = new byte[vector.rowBytes()];
            for (int i = 0; i < vector.length(); i++) {
                final byte[] element = scalar(vector.element(), random);
                System.arraycopy(element, 0, bytes, i * element.length, element.length);
            }
            return bytes;
        } else if (type instanceof CompositeType composite) {
            final byte[] bytes = new byte[composite.rowBytes()];
            for (final CompositeType.Member member : composite.members()) {
                final byte[] value = of(member.type(), random);
                System.arraycopy(value, 0, bytes, member.offset(), value.length);
            }
            return bytes;
        } else if (type instanceof EnumType names) {
            final int position = random.nextInt(names.names().size());
            return names.rowBytes() == 1
                    ? new byte[] {(byte) position}
                    : new byte[] {(byte) position, (byte) (position >>> 8)};
        }
        return type instanceof VariableType variable ? variable(variable, random) : nested(type, random);
    }

    private static byte[] nested(final FieldType type, final Random random) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (type instanceof ListType list) {
            for (int i = random.nextInt(5); i > 0; i--) {
                bytes.writeBytes(form(list.element(), random));
            }
        } else if (type instanceof OptionType option) {
            bytes.writeBytes(random.nextInt(3) == 0 ? new byte[0] : form(option.inner(), random));
        } else {
            final List<OneofType.Variant> variants = ((OneofType) type).variants();
            final int variant = random.nextInt(variants.size());
            bytes.write(variant);
            bytes.write(0);
            bytes.writeBytes(form(variants.get(variant).type(), random));
        }
        return bytes.toByteArray();
    }

    /** A value with kind and length. */
    private static byte[] form(final FieldType type, final Random random) {
        final byte kind = ValueKind.of(type);
        final byte[] value = of(type, random);
        final boolean isNone = type instanceof OptionType && value.length == 0;
        final byte[] head = new byte[isNone || ValueKind.isScalar(kind) ? 1 : 1 + Integer.BYTES];
        head[0] = isNone ? ValueKind.NULL : kind;
        if (head.length > 1) {
            for (int i = 0; i < Integer.BYTES; i++) {
                head[1 + i] = (byte) (value.length >>> 8 * i);
            }
        }
        final byte[] both = Arrays.copyOf(head, head.length + value.length);
        System.arraycopy(value, 0, both, head.length, value.length);
        return both;
    }

    private static byte[] scalar(final ScalarType type, final Random random) {
        final byte[] bytes = new byte[type.rowBytes()];
        if (type == ScalarType.BOOL) {
            bytes[0] = (byte) random.nextInt(2);
        } else if (type.isFloat()) {
            final long bits = type == ScalarType.F32
                    ? Float.floatToRawIntBits(random.nextFloat() * 1e6f)
                    : Double.doubleToRawLongBits(random.nextGaussian());
            little(bits, bytes);
        } else if (random.nextInt(3) == 0) {
            little(random.nextInt(200) - (type.isUnsigned() ? 0L : 100L), bytes);
        } else {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    private static void little(final long bits, final byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bits >>> 8 * i);
        }
    }

    private static byte[] variable(final VariableType type, final Random random) {
        final int chance = random.nextInt(400);
        int length = chance == 0 ? HUGE : chance < 8 ? 8_090 + random.nextInt(20_000) : 0;
        if (length == 0) {
            length = random.nextBoolean() ? random.nextInt(40) : LENGTHS[random.nextInt(LENGTHS.length)];
        }
        final byte[] bytes = new byte[type == VariableType.JSON ? length + 2 : length];
        if (type == VariableType.BYTES) {
            random.nextBytes(bytes);
            return bytes;
        }
        final int first = random.nextInt(26);
        final int step = 1 + random.nextInt(25);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('a' + (first + i * step) % 26);
        }
        if (type == VariableType.JSON) {
            bytes[0] = '"';
            bytes[bytes.length - 1] = '"';
        }
        return bytes;
    }

    /** Text of the bytes for a message: the first few. */
    static String show(final byte[] bytes) {
        if (bytes == null) {
            return "null";
        }
        final StringBuilder text = new StringBuilder(bytes.length + " bytes ");
        for (int i = 0; i < Math.min(24, bytes.length); i++) {
            text.append(String.format("%02x", bytes[i]));
        }
        return text.append(" '")
                .append(new String(bytes, 0, Math.min(24, bytes.length), StandardCharsets.ISO_8859_1))
                .append('\'')
                .toString();
    }
}
