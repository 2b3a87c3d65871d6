package io.taktdb.persistence.snapshot;

import io.taktdb.runtime.command.PushResult;
import io.taktdb.runtime.command.Submission;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.openhft.chronicle.bytes.Bytes;

/**
 * The part of a command's answer that is no bytes, as bytes: what procedures return, counts, what a push changed.
 *
 * <pre>
 *   1 kind, then
 *   0 null   1 false   2 true   3: 8 a whole number   4: 8 an f64   5: 4 an f32   6: 4 n, n UTF-8   7: 4 n, n bytes
 *   8: 4 c, c values   9: 4 c, c times a text and a value   10: 4 n, n the digits of a whole number
 *   11: 4 n, n the digits of a number   12 a push: 1 created, then twice 4 c, c times name, type, type before or null
 *   13 a part of a batch: 4 n, n bytes of its reply, a value
 * </pre>
 *
 * A record is kept as a map of its components: it is written to clients in the same way. Threading: none of its own.
 */
final class AnswerValue {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int LONG = 3;
    private static final int F64 = 4;
    private static final int F32 = 5;
    private static final int TEXT = 6;
    private static final int BYTES = 7;
    private static final int LIST = 8;
    private static final int MAP = 9;
    private static final int BIG_INTEGER = 10;
    private static final int BIG_DECIMAL = 11;
    private static final int PUSH = 12;
    private static final int PART = 13;

    private static final byte[] EMPTY = {};

    private AnswerValue() {}

    static void write(final Bytes<?> out, final Object value) {
        if (value == null) {
            kind(out, NULL);
        } else if (value instanceof Boolean bool) {
            kind(out, bool ? TRUE : FALSE);
        } else if (value instanceof Number number) {
            writeNumber(out, number);
        } else if (value instanceof PushResult push) {
            kind(out, PUSH).writeByte((byte) (push.createdTable() ? 1 : 0));
            columns(out, push.added());
            columns(out, push.widened());
        } else if (value instanceof Submission part) {
            final byte[] reply = part.replyLength() == 0 ? EMPTY : new byte[part.replyLength()];
            if (reply.length > 0) {
                part.reply().getBytes(0, reply);
            }
            bytes(kind(out, PART), reply);
            write(out, part.result());
        } else if (value instanceof byte[] bytes) {
            bytes(kind(out, BYTES), bytes);
        } else {
            writeStructure(out, value);
        }
    }

    private static Bytes<?> kind(final Bytes<?> out, final int kind) {
        out.writeByte((byte) kind);
        return out;
    }

    private static void writeNumber(final Bytes<?> out, final Number number) {
        if (number instanceof Double wide) {
            kind(out, F64).writeLong(Double.doubleToRawLongBits(wide));
        } else if (number instanceof Float narrow) {
            kind(out, F32).writeInt(Float.floatToRawIntBits(narrow));
        } else if (number instanceof BigInteger big) {
            text(kind(out, BIG_INTEGER), big.toString());
        } else if (number instanceof BigDecimal big) {
            text(kind(out, BIG_DECIMAL), big.toString());
        } else {
            kind(out, LONG).writeLong(number.longValue());
        }
    }

    private static void writeStructure(final Bytes<?> out, final Object value) {
        if (value instanceof Iterable<?> list) {
            final List<Object> all = new ArrayList<>();
            list.forEach(all::add);
            kind(out, LIST).writeInt(all.size());
            all.forEach(one -> write(out, one));
        } else if (value.getClass().isArray()) {
            kind(out, LIST).writeInt(Array.getLength(value));
            for (int i = 0; i < Array.getLength(value); i++) {
                write(out, Array.get(value, i));
            }
        } else if (value instanceof Map<?, ?> map) {
            kind(out, MAP).writeInt(map.size());
            map.forEach((name, one) -> {
                text(out, String.valueOf(name));
                write(out, one);
            });
        } else if (value instanceof Record structure) {
            writeStructure(out, components(structure));
        } else if (value instanceof Optional<?> optional) {
            write(out, optional.orElse(null));
        } else {
            text(kind(out, TEXT), value.toString());
        }
    }

    private static Map<String, Object> components(final Record structure) {
        final Map<String, Object> map = new LinkedHashMap<>();
        for (final RecordComponent component : structure.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                map.put(component.getName(), component.getAccessor().invoke(structure));
            } catch (final ReflectiveOperationException e) {
                throw new IllegalStateException("answer cannot be read: component=" + component, e);
            }
        }
        return map;
    }

    private static void columns(final Bytes<?> out, final List<PushResult.Column> columns) {
        out.writeInt(columns.size());
        for (final PushResult.Column column : columns) {
            text(out, column.name());
            text(out, column.type());
            write(out, column.from());
        }
    }

    /** Writes a length and bytes. */
    static void bytes(final Bytes<?> out, final byte[] bytes) {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void text(final Bytes<?> out, final String text) {
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    static Object read(final Bytes<?> in) {
        final int kind = in.readUnsignedByte();
        return switch (kind) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case LONG -> in.readLong();
            case F64 -> Double.longBitsToDouble(in.readLong());
            case F32 -> Float.intBitsToFloat(in.readInt());
            case TEXT -> text(in);
            case BYTES -> bytes(in);
            case LIST -> list(in);
            case MAP -> map(in);
            case BIG_INTEGER -> new BigInteger(text(in));
            case BIG_DECIMAL -> new BigDecimal(text(in));
            case PUSH -> new PushResult(in.readByte() == 1, columns(in), columns(in));
            case PART -> Submission.answered(bytes(in), read(in));
            default -> throw new IllegalArgumentException("unknown kind of value: " + kind);
        };
    }

    private static List<Object> list(final Bytes<?> in) {
        final List<Object> list = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            list.add(read(in));
        }
        return list;
    }

    private static Map<String, Object> map(final Bytes<?> in) {
        final Map<String, Object> map = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            final String name = text(in);
            map.put(name, read(in));
        }
        return map;
    }

    private static List<PushResult.Column> columns(final Bytes<?> in) {
        final List<PushResult.Column> columns = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            columns.add(new PushResult.Column(text(in), text(in), (String) read(in)));
        }
        return columns;
    }

    /** Reads a length and bytes. */
    static byte[] bytes(final Bytes<?> in) {
        final int length = in.readInt();
        if (length < 0 || length > in.readRemaining()) {
            throw new IllegalArgumentException("longer than the file: " + length);
        }
        final byte[] bytes = new byte[length];
        in.read(bytes);
        return bytes;
    }

    private static String text(final Bytes<?> in) {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }
}
