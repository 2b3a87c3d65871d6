package io.taktdb.types.value;

import io.taktdb.types.schema.CompositeType;
import io.taktdb.types.schema.EnumType;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ListType;
import io.taktdb.types.schema.OneofType;
import io.taktdb.types.schema.OptionType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VariableType;
import io.taktdb.types.schema.VectorType;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Whether bytes are a value of a type, so that what means nothing never reaches a page.
 *
 * <p>Threading: pure.
 */
public final class ValueCheck {
    private ValueCheck() {}

    /**
     * What is wrong with the bytes of a value, or null.
     *
     * @param length bytes of a variable value; of no meaning for others
     * @throws io.taktdb.types.error.DbException INVALID_REQUEST the bytes are cut short
     */
    public static String fault(final FieldType type, final DirectBuffer source, final int offset, final int length) {
        if (type instanceof ScalarType) {
            final boolean isWrong = type == ScalarType.BOOL && (source.getByte(offset) & ~1) != 0;
            return isWrong ? "byte " + source.getByte(offset) : null;
        } else if (type instanceof VariableType) {
            return null;
        } else if (type instanceof EnumType names) {
            final int position = names.rowBytes() == Byte.BYTES
                    ? source.getByte(offset) & 0xFF
                    : source.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
            return position >= names.names().size() ? "position " + position : null;
        } else if (type instanceof VectorType vector) {
            String fault = null;
            for (int i = 0; fault == null && vector.element() == ScalarType.BOOL && i < vector.length(); i++) {
                fault = fault(ScalarType.BOOL, source, offset + i, 0);
            }
            return fault;
        } else if (type instanceof CompositeType composite) {
            String fault = null;
            for (int i = 0; fault == null && i < composite.members().size(); i++) {
                final CompositeType.Member member = composite.members().get(i);
                fault = fault(member.type(), source, offset + member.offset(), 0);
            }
            return fault;
        }
        return nested(type, source, offset, length);
    }

    private static String nested(final FieldType type, final DirectBuffer source, final int offset, final int length) {
        final int end = offset + length;
        if (type instanceof ListType list) {
            final ValueCursor element = new ValueCursor();
            String fault = null;
            for (int at = offset; fault == null && at < end; at = element.end()) {
                fault = fault(list.element(), element.wrap(source, at, end));
            }
            return fault;
        }
        if (length == 0) {
            return null;
        }
        if (type instanceof OptionType option) {
            return whole(option.inner(), source, offset, end);
        }
        final OneofType oneof = (OneofType) type;
        final int position =
                length < ValueKind.VARIANT_BYTES ? -1 : source.getShort(offset, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        return position < 0 || position >= oneof.variants().size()
                ? "variant " + position
                : whole(oneof.variants().get(position).type(), source, offset + ValueKind.VARIANT_BYTES, end);
    }

    private static String whole(final FieldType type, final DirectBuffer source, final int offset, final int end) {
        final ValueCursor value = new ValueCursor().wrap(source, offset, end);
        return value.end() == end ? fault(type, value) : (end - value.end()) + " bytes too many";
    }

    /**
     * What is wrong with a value in its byte form, or null. Null is the none of an option, and nothing else.
     */
    public static String fault(final FieldType type, final ValueCursor value) {
        if (value.isNull()) {
            return type instanceof OptionType ? null : "null";
        }
        if (value.kind() != ValueKind.of(type) || !type.isVariable() && value.length() != type.rowBytes()) {
            return ValueKind.describe(value.kind());
        }
        return fault(type, value.buffer(), value.offset(), value.length());
    }
}
