package io.taktdb.runtime.command;

import java.lang.reflect.Array;
import java.util.Map;

/** About how many bytes an answer takes, up to a limit behind which it is not looked at further. */
final class AnswerWeight {
    private static final int OBJECT_BYTES = 32;
    private static final int RECORD_BYTES = 256;
    private static final int MAX_DEPTH = 16;

    private AnswerWeight() {}

    static long of(final int replyBytes, final Object result, final long limit) {
        return replyBytes + of(result, limit, 0);
    }

    private static long of(final Object value, final long limit, final int depth) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return OBJECT_BYTES;
        }
        if (depth == MAX_DEPTH) {
            return limit + 1;
        }
        if (value instanceof Submission part) {
            return OBJECT_BYTES + part.replyLength() + of(part.result(), limit, depth + 1);
        }
        if (value instanceof CharSequence text) {
            return OBJECT_BYTES + 2L * text.length();
        }
        if (value instanceof Iterable<?> list) {
            return ofAll(list, limit, depth);
        }
        if (value instanceof Map<?, ?> map) {
            return ofAll(map.keySet(), limit, depth) + ofAll(map.values(), limit, depth);
        }
        if (value.getClass().isArray()) {
            final boolean isPlain = value.getClass().getComponentType().isPrimitive();
            return isPlain
                    ? OBJECT_BYTES + (long) Array.getLength(value) * Long.BYTES
                    : ofAll(java.util.Arrays.asList((Object[]) value), limit, depth);
        }
        return RECORD_BYTES;
    }

    private static long ofAll(final Iterable<?> values, final long limit, final int depth) {
        long sum = OBJECT_BYTES;
        for (final Object value : values) {
            sum += of(value, limit, depth + 1);
            if (sum > limit) {
                return sum;
            }
        }
        return sum;
    }
}
