package io.taktdb.core.table;

import io.taktdb.core.layout.FieldPlace;
import io.taktdb.core.layout.GroupPlan;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.Memory;
import io.taktdb.core.version.Pages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks every structural invariant of a table, of a published state or of the running version: what {@code fsck} is
 * for a file system. Threading: none of its own.
 */
public final class TableAudit {
    private final TableView table;
    private final TableLayout layout;
    private final Set<Long> locations = new HashSet<>();

    private TableAudit(final TableView table) {
        this.table = table;
        this.layout = table.layout();
    }

    /** Throws an AssertionError that names the first violation. */
    public static void check(final TableView table) {
        final TableAudit audit = new TableAudit(table);
        audit.chunks();
        audit.rows();
        audit.deadRows();
        new HeapAudit(table, audit.locations).check();
        new IdAudit(table).check();
        IndexAudit.check(table);
    }

    /** How many pages tables have, and so how many frames are in use when nothing waits for a lease. */
    public static long frames(final Collection<? extends TableView> tables) {
        long sum = 0;
        for (final TableView table : tables) {
            final List<Pages> stores = new ArrayList<>(
                    List.of(table.heap(), table.directIds(), table.sparseBuckets(), table.sparseDirectory()));
            for (int group = 0; group < table.layout().groups().size(); group++) {
                stores.add(table.group(group));
            }
            for (int index = 0; index < table.schema().indexes().size(); index++) {
                stores.add(table.index(index));
            }
            for (final Pages pages : stores) {
                for (int page = 0; page < pages.count(); page++) {
                    sum += pages.address(page) > IdLookup.DEAD_BLOCK ? 1 : 0;
                }
            }
        }
        return sum;
    }

    private void chunks() {
        final long needed = (table.rowCount() + layout.rowsPerChunk() - 1) / layout.rowsPerChunk();
        final int chunks = table.group(0).count();
        require(
                chunks == needed || chunks == 1 && needed == 0,
                "chunks=" + chunks + ", needed=" + needed + ", rows=" + table.rowCount());
        for (int group = 0; group < layout.groups().size(); group++) {
            final Pages pages = table.group(group);
            require(pages.count() == chunks, "group=" + group + ", pages=" + pages.count() + ", chunks=" + chunks);
            for (int chunk = 0; chunk < chunks; chunk++) {
                require(pages.address(chunk) > 1, "no page: group=" + group + ", chunk=" + chunk);
            }
        }
    }

    private void rows() {
        for (long row = 0; row < table.rowCount(); row++) {
            final long id = Memory.getLong(address(layout.id(), row));
            require(
                    table.rowOf(id) == row,
                    "row of id differs: id=" + Long.toUnsignedString(id) + ", row=" + row + ", found="
                            + table.rowOf(id));
            for (final FieldPlace place : layout.fields()) {
                value(place, row);
            }
        }
    }

    private void value(final FieldPlace place, final long row) {
        final long address = address(place, row);
        final boolean isNull = place.isOptional() && !isPresent(place, row);
        final String where = "field=" + place.field().name() + ", row=" + row;
        if (isNull) {
            require(isZero(address, place.bytes()), "null is not zero: " + where);
        } else if (place.field().type().isVariable()) {
            final int length = HeapReference.length(address);
            if (HeapReference.isInline(length)) {
                require(
                        isZero(address + HeapReference.VALUE + length, HeapReference.INLINE_BYTES - length),
                        "bytes behind an inline value: " + where);
                return;
            }
            final long location = Memory.getLong(address + HeapReference.LOCATION);
            require(locations.add(location), "two values in one place: " + where + ", location=" + location);
            final long value = HeapReference.valueAddress(table, address);
            require(
                    Memory.getInt(address + HeapReference.VALUE) == Memory.getInt(value),
                    "prefix differs from value: " + where);
        }
    }

    /** Bytes of rows beyond the row count, and of padding, are zero. */
    private void deadRows() {
        final long room = (long) table.group(0).count() * layout.rowsPerChunk();
        for (long row = table.rowCount(); row < room; row++) {
            require(isZero(address(layout.id(), row), Long.BYTES), "dead row has an id: row=" + row);
            for (final FieldPlace place : layout.fields()) {
                require(
                        isZero(address(place, row), place.bytes()) && (!place.isOptional() || !isPresent(place, row)),
                        "dead row has a value: field=" + place.field().name() + ", row=" + row);
            }
        }
    }

    private boolean isPresent(final FieldPlace place, final long row) {
        final long page = table.group(place.group()).address((int) (row >>> layout.chunkShift()));
        return Presence.get(place, page, (int) (row & layout.rowsPerChunk() - 1));
    }

    private long address(final FieldPlace place, final long row) {
        final GroupPlan plan = layout.groups().get(place.group());
        final long offset = place.offset() + (row & layout.rowsPerChunk() - 1) * place.stride();
        require(offset + place.bytes() <= plan.pageBytes(), "value beyond its page: offset=" + offset);
        return table.group(place.group()).address((int) (row >>> layout.chunkShift())) + offset;
    }

    static boolean isZero(final long address, final int bytes) {
        for (int i = 0; i < bytes; i++) {
            if (Memory.getByte(address + i) != 0) {
                return false;
            }
        }
        return true;
    }

    static void require(final boolean fact, final String otherwise) {
        if (!fact) {
            throw new AssertionError(otherwise);
        }
    }
}
