package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.GroupPlan;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.version.PageStore;
import io.taktdb.core.version.RowParts;
import io.taktdb.types.schema.GroupLayout;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The bytes that belong to one row in the pages of a group. */
final class GroupParts {
    private GroupParts() {}

    /** All that a row has in the pages of a group. */
    static RowParts of(final PageStore store, final int group, final TableLayout layout) {
        final GroupPlan plan = layout.groups().get(group);
        if (plan.layout() == GroupLayout.ROWS) {
            return new RowParts(store, new int[] {0, plan.recordBytes(), plan.recordBytes()}, new int[0]);
        }
        return of(
                store,
                Stream.concat(Stream.of(layout.id()), layout.fields().stream())
                        .filter(place -> place.group() == group)
                        .toList());
    }

    /** Some fields of a row in the pages of a group. */
    static RowParts of(final PageStore store, final List<FieldPlace> places) {
        return new RowParts(
                store,
                places.stream()
                        .flatMapToInt(place -> IntStream.of(place.offset(), place.stride(), place.bytes()))
                        .toArray(),
                places.stream()
                        .filter(place -> place.isOptional() && place.isColumn())
                        .mapToInt(FieldPlace::presenceOffset)
                        .toArray());
    }
}
