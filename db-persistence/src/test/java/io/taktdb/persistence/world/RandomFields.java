package io.taktdb.persistence.world;

import io.taktdb.types.json.DefaultValue;
import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ListType;
import io.taktdb.types.schema.NestedType;
import io.taktdb.types.schema.OneofType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.TypeParser;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import io.taktdb.types.value.ValueForm;
import io.taktdb.types.value.ValueKind;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Random fields of every type, and random values for them, odd ones preferred. */
public final class RandomFields {
    private static final List<String> TYPES = List.of(
            "bool",
            "i8",
            "i16",
            "i32",
            "i64",
            "u8",
            "u16",
            "u32",
            "u64",
            "f32",
            "f64",
            "timestamp",
            "uuid",
            "string",
            "bytes",
            "json",
            "3xf32",
            "4xu64",
            "2xbool",
            "5xi16",
            "enum(a,b,c)",
            "Vec3",
            "Mood",
            "Body",
            "list<f32>",
            "list<option<string>>",
            "option<Body>",
            "oneof{a: i32, b: list<oneof{c: Vec3, d: bytes, e: json}>}");

    private static final List<String> TEXTS =
            List.of("", "a", "twelve bytes", "thirteen byte", "\0", "nul\0inside", "ä\u20ac\ud83d\ude00", "'\"%_\\");

    private static final List<String> JSON = List.of(
            "null",
            "1",
            "-0.0",
            "1e400",
            "\"text\"",
            "[]",
            "{\"a\":[1,2,{\"b\":null}]}",
            "12345678901234567890123",
            "true");

    private static final long[] ODD_BITS = {
        0,
        1,
        -1,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Double.doubleToRawLongBits(-0.0),
        Double.doubleToRawLongBits(Double.NaN),
        0xFFF8_0000_0000_0001L,
        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
        Double.doubleToRawLongBits(Double.MIN_VALUE),
        Double.doubleToRawLongBits(0x1p53)
    };

    private final Random random;

    public RandomFields(final Random random) {
        this.random = random;
    }

    /** A field with a random type of a schema that has Vec3, Mood and Body. */
    public FieldSpec field(final String name, final Schema schema) {
        final String type = TYPES.get(random.nextInt(TYPES.size()));
        FieldSpec spec = FieldSpec.of(name, type);
        if (random.nextBoolean() && !type.startsWith("option")) {
            spec = spec.asOptional();
        }
        if (random.nextInt(3) == 0 && !type.equals("timestamp")) { // far ones have no text
            final FieldType parsed = TypeParser.parse(type, schema.types());
            final MutableDirectBuffer value = new ExpandableArrayBuffer();
            final int end = value(parsed, value, 0);
            spec = spec.withDefault(DefaultValue.toJson(parsed, value, 0, end));
        }
        return random.nextInt(4) == 0 ? spec.inGroup("g" + random.nextInt(2)) : spec;
    }

    /** A field that may be null. */
    public FieldSpec optional(final String name, final Schema schema) {
        final FieldSpec spec = field(name, schema);
        return spec.type().startsWith("option") ? spec : spec.asOptional();
    }

    /**
     * Writes a random value in its byte form.
     *
     * @return the first index after it
     */
    public int value(final FieldType type, final MutableDirectBuffer out, final int index) {
        final byte kind = ValueKind.of(type);
        if (type instanceof VariableType variable) {
            final byte[] bytes = variable(variable);
            final int at = ValueForm.putHead(out, index, kind, bytes.length);
            out.putBytes(at, bytes);
            return at + bytes.length;
        }
        if (type instanceof NestedType) {
            return nested(type, out, index);
        }
        int at = index + 1;
        if (ValueKind.isScalar(kind)) {
            out.putByte(index, kind);
        } else {
            at = ValueForm.putHead(out, index, kind, type.rowBytes());
        }
        fixed(type, out, at);
        return at + type.rowBytes();
    }

    private int nested(final FieldType type, final MutableDirectBuffer out, final int index) {
        if (type instanceof OptionType && random.nextInt(3) == 0) {
            out.putByte(index, ValueKind.NULL);
            return index + 1;
        }
        final int at = ValueForm.putHead(out, index, ValueKind.of(type), 0);
        int end = at;
        if (type instanceof ListType list) {
            for (int i = random.nextInt(4); i > 0; i--) {
                end = value(list.element(), out, end);
            }
        } else if (type instanceof OptionType option) {
            end = value(option.inner(), out, at);
        } else {
            final List<OneofType.Variant> variants = ((OneofType) type).variants();
            final int variant = random.nextInt(variants.size());
            out.putShort(at, (short) variant, ByteOrder.LITTLE_ENDIAN);
            end = value(variants.get(variant).type(), out, at + ValueKind.VARIANT_BYTES);
        }
        ValueForm.putHead(out, index, ValueKind.of(type), end - at);
        return end;
    }

    private byte[] variable(final VariableType type) {
        switch (type) {
            case STRING:
                return text().getBytes(StandardCharsets.UTF_8);
            case JSON:
                return JSON.get(random.nextInt(JSON.size())).getBytes(StandardCharsets.UTF_8);
            default:
                final byte[] bytes = new byte[length()];
                random.nextBytes(bytes);
                return bytes;
        }
    }

    private String text() {
        return random.nextInt(3) == 0 ? "x".repeat(length()) : TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private int length() {
        return switch (random.nextInt(12)) {
            case 0 -> random.nextInt(30_000);
            case 1, 2, 3 -> random.nextInt(600);
            default -> random.nextInt(20);
        };
    }

    private void fixed(final FieldType type, final MutableDirectBuffer out, final int index) {
        if (type instanceof VectorType vector) {
            for (int i = 0; i < vector.length(); i++) {
                fixed(vector.element(), out, index + i * vector.element().rowBytes());
            }
        } else if (type instanceof CompositeType composite) {
            for (final CompositeType.Member member : composite.members()) {
                fixed(member.type(), out, index + member.offset());
            }
        } else if (type instanceof EnumType listed) {
            ValueForm.putRaw(
                    out, index, type.rowBytes(), random.nextInt(listed.names().size()));
        } else if (type == ScalarType.UUID) {
            out.putLong(index, random.nextLong());
            out.putLong(index + Long.BYTES, random.nextLong());
        } else if (type == ScalarType.BOOL) {
            out.putByte(index, (byte) random.nextInt(2));
        } else {
            ValueForm.putRaw(out, index, type.rowBytes(), bits(type));
        }
    }

    private long bits(final FieldType type) {
        final long odd = ODD_BITS[random.nextInt(ODD_BITS.length)];
        if (random.nextInt(4) != 0) {
            return type == ScalarType.F32
                    ? Float.floatToRawIntBits(random.nextFloat())
                    : type == ScalarType.F64 ? Double.doubleToRawLongBits(random.nextGaussian()) : random.nextInt(100);
        }
        return type == ScalarType.F32 ? Float.floatToRawIntBits((float) Double.longBitsToDouble(odd)) : odd;
    }
}
