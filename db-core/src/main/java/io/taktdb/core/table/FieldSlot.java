package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.Memory;
import io.taktdb.types.schema.FieldType;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.VectorType;
import io.taktdb.types.value.ValueCursor;
import io.taktdb.types.value.ValueKind;
import java.util.Arrays;

/**
 * One field of a layout with what its type says about writing it, found out once.
 *
 * <p>Threading: immutable.
 */
final class FieldSlot {
    private final FieldPlace place;
    private final byte kind;
    private final boolean variable;
    private final boolean plain;
    private final boolean optional;
    private final int group;
    private final int offset;
    private final int stride;
    private final int bytes;

    private FieldSlot(final FieldPlace place) {
        final FieldType type = place.field().type();
        this.place = place;
        this.kind = ValueKind.of(type);
        this.variable = type.isVariable();
        this.plain = isPlain(type);
        this.optional = place.isOptional();
        this.group = place.group();
        this.offset = place.offset();
        this.stride = place.stride();
        this.bytes = place.bytes();
    }

    /** The slots of all fields, by position in the schema. */
    static FieldSlot[] of(final TableLayout layout) {
        return layout.fields().stream().map(FieldSlot::new).toArray(FieldSlot[]::new);
    }

    /** Those whose bytes lie in the heap. */
    static FieldSlot[] variable(final FieldSlot[] slots) {
        return Arrays.stream(slots).filter(slot -> slot.variable).toArray(FieldSlot[]::new);
    }

    /** Whether any bytes of the right length are a value. */
    private static boolean isPlain(final FieldType type) {
        return type instanceof ScalarType
                ? type != ScalarType.BOOL
                : type instanceof VectorType vector && vector.element() != ScalarType.BOOL;
    }

    FieldPlace place() {
        return place;
    }

    /**
     * Writes a value into a row that is being made, if no more than a copy is needed.
     *
     * @param open pages by group, prepared
     * @return false when nothing was written
     */
    boolean writeFresh(final long[] open, final int inChunk, final ValueCursor value) {
        if (!plain || value.kind() != kind || value.length() != bytes) {
            return false;
        }
        final long page = open[group];
        FieldWriter.copyFixed(value.buffer(), value.offset(), page + offset + (long) inChunk * stride, bytes);
        if (optional) {
            Memory.setBit(page + Presence.byteOffset(place, inChunk), Presence.bit(place, inChunk));
        }
        return true;
    }
}
