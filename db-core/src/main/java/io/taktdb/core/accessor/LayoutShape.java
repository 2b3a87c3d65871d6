package io.taktdb.core.accessor;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.GroupPlan;
import io.taktdb.core.layout.TableLayout;
import java.util.List;

/** All of a layout that a generated class depends on. Threading: immutable. */
record LayoutShape(int rowsPerChunk, FieldPlace id, List<FieldPlace> fields, List<GroupPlan> groups) {
    static LayoutShape of(final TableLayout layout) {
        return new LayoutShape(layout.rowsPerChunk(), layout.id(), layout.fields(), layout.groups());
    }
}
