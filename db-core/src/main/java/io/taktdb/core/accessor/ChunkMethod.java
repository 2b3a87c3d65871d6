package io.taktdb.core.accessor;

import io.taktdb.core.layout.FieldPlace;
import java.lang.reflect.Method;

/**
 * One method of a chunk interface and the field that it stands for.
 *
 * @param what what the method does with the field
 * @param index how its int parameters find the value
 * @param field position of the field in the schema
 */
record ChunkMethod(Method method, What what, Index index, int field, FieldPlace place, ColumnType type) {
    /** What a method does. */
    enum What {
        GET,
        SET,
        HAS,
        CLEAR
    }

    /** How a method finds the value. */
    enum Index {
        /** (row): the only value of a row. */
        ROW,
        /** (row, element): an element of the row's vector. */
        ROW_AND_ELEMENT,
        /** (index): an element of the column of all vectors as one run. */
        RUN
    }

    boolean writes() {
        return what == What.SET || what == What.CLEAR;
    }

    /** Elements of the field's vector, 1 for a scalar. */
    int elements() {
        return place.bytes() / type.bytes();
    }

    /** For errors: {@code MobChunk.x}. */
    String shown() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
