package io.taktdb.runtime.procedure;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueForm;
import io.taktdb.types.value.ValueKind;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** From the Java value of a parameter to its bytes in a command. Threading: none of its own. */
final class ParameterWriter {
    private ParameterWriter() {}

    /**
     * Writes one parameter.
     *
     * @throws DbException SCHEMA_MISMATCH the value does not fit
     */
    static void write(final RowWriter row, final Parameter parameter, final Object value) {
        row.field(parameter.position());
        final FieldType type = parameter.type();
        if (value == null) {
            if (!parameter.optional()) {
                throw mismatch(parameter, "null");
            }
            row.putNull();
        } else if (type instanceof ScalarType scalar) {
            row.putScalar(ValueKind.of(type), bits(parameter, scalar, value));
        } else if (type instanceof EnumType listed) {
            final int at = ValueForm.putHead(row.buffer(), row.position(), ValueKind.ENUM, listed.rowBytes());
            row.position(ValueForm.putRaw(row.buffer(), at, listed.rowBytes(), ((Enum<?>) value).ordinal()));
        } else if (type == VariableType.BYTES) {
            final byte[] bytes = (byte[]) value;
            row.putBytes(ValueKind.BYTES, new UnsafeBuffer(bytes), 0, bytes.length);
        } else {
            final byte[] bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
            row.putBytes(ValueKind.of(type), new UnsafeBuffer(bytes), 0, bytes.length);
        }
    }

    private static long bits(final Parameter parameter, final ScalarType type, final Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        } else if (value instanceof Float number) {
            return Float.floatToRawIntBits(number);
        } else if (value instanceof Double number) {
            return Double.doubleToRawLongBits(number);
        }
        final long number = ((Number) value).longValue();
        if (type.rowBytes() < Long.BYTES && (number < type.minInteger() || number > type.maxInteger())) {
            throw mismatch(parameter, Long.toString(number));
        }
        return number;
    }

    private static DbException mismatch(final Parameter parameter, final String came) {
        return new DbException(
                        ErrorCode.SCHEMA_MISMATCH,
                        "parameter does not fit: parameter=" + parameter.name() + ", expected="
                                + parameter.type().spelling() + ", came=" + came)
                .with("parameter", parameter.name());
    }
}
