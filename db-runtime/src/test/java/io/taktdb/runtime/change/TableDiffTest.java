package io.taktdb.runtime.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.table.TableState;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.ExpandableArrayBuffer;

/** The difference applied to the earlier state gives the later one, whatever happened in between. */
class TableDiffTest {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final RowWriter writer = new RowWriter();
    private final RowCursor cursor = new RowCursor();

    @Property(tries = 40)
    void shouldLeadFromEarlierToLaterState(@ForAll final long seed) {
        final Random random = new Random(seed);
        try (Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0)) {
            database.change(SchemaChange.CreateTable.of(
                    "t",
                    FieldSpec.of("n", "i64").asOptional(),
                    FieldSpec.of("s", "string").asOptional()));
            database.commit(0);
            for (int round = 1; round <= 12; round++) {
                try (Lease earlier = database.lease()) {
                    change(database.table("t"), random, random.nextInt(400));
                    database.commit(round);
                    try (Lease later = database.lease()) {
                        final TableState before = earlier.state().table("t");
                        final TableState after = later.state().table("t");
                        assertTrue(TableDiff.isComparable(before, after));
                        final Map<Long, String> rows = content(before);
                        new TableDiff(before, after).report(new Apply(rows));
                        assertEquals(content(after), rows, "seed " + seed + ", round " + round);
                    }
                }
            }
        }
    }

    private void change(final Table table, final Random random, final int steps) {
        for (int i = 0; i < steps; i++) {
            final int what = random.nextInt(4);
            if (what < 2 || table.rowCount() == 0) {
                table.writes().insert(row(random));
                continue;
            }
            final RowReader reader = table.reader();
            assertTrue(reader.seekRow(random.nextInt((int) table.rowCount())));
            if (what == 2) {
                table.writes().merge(reader.id(), row(random));
            } else {
                table.writes().delete(reader.id());
            }
        }
    }

    private RowCursor row(final Random random) {
        writer.wrap(buffer, 0);
        if (random.nextInt(4) > 0) {
            writer.field(1).putScalar(ValueKind.I64, random.nextInt(5));
        }
        if (random.nextInt(4) > 0) {
            writer.field(2).putString("abcd" + "x".repeat(random.nextInt(40)) + random.nextInt(3));
        } else if (random.nextBoolean()) {
            writer.field(2).putNull();
        }
        return cursor.wrap(buffer, 0, writer.finish());
    }

    private static Map<Long, String> content(final TableState table) {
        final Map<Long, String> rows = new TreeMap<>();
        final RowReader reader = table.reader();
        final IdWalk walk = table.walk();
        while (walk.next()) {
            reader.seekRow(walk.row());
            rows.put(walk.id(), text(reader));
        }
        return rows;
    }

    private static String text(final RowReader row) {
        return (row.isNull(0) ? "null" : Long.toString(row.getLong(0))) + " " + row.getString(1);
    }

    /** Applies a difference to a map. */
    private record Apply(Map<Long, String> rows) implements ChangeSink {
        @Override
        public void inserted(final long id, final RowReader after) {
            assertEquals(null, rows.put(id, text(after)), "inserted twice: id=" + id);
        }

        @Override
        public void updated(final long id, final RowReader before, final RowReader after, final BitSet fields) {
            assertEquals(rows.get(id), text(before), "another row before: id=" + id);
            assertTrue(fields.get(0) == !now(before, 0).equals(now(after, 0)), "field n, id=" + id);
            assertTrue(fields.get(1) == !now(before, 1).equals(now(after, 1)), "field s, id=" + id);
            final String old = rows.put(id, text(after));
            assertTrue(old != null && !old.equals(text(after)), "no update: id=" + id + ", fields=" + fields);
        }

        @Override
        public void deleted(final long id, final RowReader before) {
            assertEquals(rows.remove(id), text(before), "deleted twice: id=" + id);
        }

        private static String now(final RowReader row, final int field) {
            return text(row).split(" ", 2)[field];
        }
    }
}
