package io.taktdb.runtime.check;

import io.taktdb.core.state.State;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.schema.VariableType;
import java.util.HexFormat;
import java.util.TreeSet;

/** The first record in which two states of one tick differ. Threading: one thread, under leases on both. */
final class StateComparison {
    private static final String NO_RECORD = "no such record";
    private static final String NO_TABLE = "no such table";

    private final State one;
    private final State other;
    private final int workers;

    StateComparison(final State one, final State other, final int workers) {
        this.one = one;
        this.other = other;
        this.workers = workers;
    }

    /** Whether both have the same content. */
    boolean isSame() {
        return StateHash.of(one) == StateHash.of(other);
    }

    /** The first difference in the order of table names and ids. */
    Difference find() {
        final TreeSet<String> names = new TreeSet<>(one.schema().tables().keySet());
        names.addAll(other.schema().tables().keySet());
        for (final String name : names) {
            final TableSchema mine = one.schema().table(name);
            final TableSchema theirs = other.schema().table(name);
            if (mine == null || theirs == null || !mine.fields().equals(theirs.fields())) {
                return difference(name, 0, mine == null ? NO_TABLE : mine.toString(), String.valueOf(theirs));
            }
            final Difference found = find(name, one.table(mine), other.table(theirs));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private Difference find(final String name, final TableState a, final TableState b) {
        if (StateHash.ofTable(a) == StateHash.ofTable(b)) {
            return null;
        }
        final IdWalk mine = a.walk();
        final IdWalk theirs = b.walk();
        final RowReader myRow = a.reader();
        final RowReader theirRow = b.reader();
        boolean hasMine = mine.next();
        boolean hasTheirs = theirs.next();
        while (hasMine || hasTheirs) {
            final int order = !hasMine ? 1 : !hasTheirs ? -1 : Long.compareUnsigned(mine.id(), theirs.id());
            if (order < 0) {
                return difference(name, mine.id(), "a record", NO_RECORD);
            } else if (order > 0) {
                return difference(name, theirs.id(), NO_RECORD, "a record");
            }
            myRow.seekRow(mine.row());
            theirRow.seekRow(theirs.row());
            final Difference found = compare(name, a.schema(), myRow, theirRow);
            if (found != null) {
                return found;
            }
            hasMine = mine.next();
            hasTheirs = theirs.next();
        }
        return null;
    }

    private Difference compare(final String name, final TableSchema table, final RowReader a, final RowReader b) {
        final StringBuilder mine = new StringBuilder();
        final StringBuilder theirs = new StringBuilder();
        for (int field = 0; field < table.fields().size(); field++) {
            if (!a.hasSameValue(field, b)) {
                mine.append(mine.isEmpty() ? "" : ", ")
                        .append(text(table.fields().get(field), field, a));
                theirs.append(theirs.isEmpty() ? "" : ", ")
                        .append(text(table.fields().get(field), field, b));
            }
        }
        return mine.isEmpty() ? null : difference(name, a.id(), mine.toString(), theirs.toString());
    }

    private static String text(final Field field, final int position, final RowReader row) {
        final String value;
        if (row.isNull(position)) {
            value = "null";
        } else if (field.type() == VariableType.STRING || field.type() == VariableType.JSON) {
            value = '"' + row.getString(position) + '"';
        } else if (field.type() instanceof ScalarType scalar && scalar.isFloat()) {
            value = Double.toString(row.getDouble(position));
        } else if (field.type() instanceof ScalarType scalar && scalar.isInteger()) {
            value = Long.toString(row.getLong(position));
        } else {
            final byte[] bytes = new byte[row.length(position)];
            row.buffer(position).getBytes(0, bytes);
            value = "0x" + HexFormat.of().formatHex(bytes);
        }
        return field.name() + '=' + value;
    }

    private Difference difference(final String table, final long id, final String mine, final String theirs) {
        return new Difference(one.tick(), table, id, mine, theirs, workers);
    }
}
