package io.taktdb.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.taktdb.core.state.State;
import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableAudit;
import io.taktdb.core.table.TableView;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.Field;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;

/** Compares tables with their model in full, by every way of reading. Threading: none of its own. */
final class Comparison {
    private Comparison() {}

    /** A published state. */
    static void check(final State state, final ModelWorld model, final String when) {
        assertEquals(model.schema(), state.schema(), when);
        for (final ModelTable table : model.tables()) {
            check(state.table(table.schema().name()), table, when);
        }
        assertEquals(model.tables().size(), state.tables().size(), when);
    }

    /** The running version. */
    static void check(final Database database, final ModelWorld model, final String when) {
        assertEquals(model.schema(), database.schema(), when);
        for (final ModelTable table : model.tables()) {
            check(database.table(table.schema().name()), table, when);
        }
    }

    private static void check(final TableView table, final ModelTable model, final String when) {
        final String where = when + ", table=" + table.schema().name() + ", schema=" + model.schema();
        assertEquals(model.schema(), table.schema(), where);
        assertEquals(model.rows().size(), table.rowCount(), where);
        try {
            TableAudit.check(table);
        } catch (final AssertionError e) {
            throw new AssertionError(where + ": " + e.getMessage(), e);
        }
        final RowReader reader = table.reader();
        final IdWalk walk = table.walk();
        for (final Map.Entry<Long, Map<Integer, byte[]>> entry : model.rows().entrySet()) {
            assertTrue(walk.next(), where);
            assertEquals(entry.getKey(), walk.id(), where);
            assertTrue(reader.seekRow(walk.row()), where);
            assertEquals(entry.getKey(), reader.id(), where);
            checkRow(reader, model, entry.getValue(), where);
        }
        assertFalse(walk.next(), where);
        for (final long id : model.used()) {
            assertEquals(
                    model.rows().containsKey(id),
                    table.rowOf(id) >= 0,
                    () -> where + ", id=" + Long.toUnsignedString(id));
        }
        checkSkip(table, model, where);
    }

    private static void checkRow(
            final RowReader reader, final ModelTable model, final Map<Integer, byte[]> row, final String where) {
        for (int i = 0; i < model.schema().fields().size(); i++) {
            final Field field = model.schema().fields().get(i);
            final byte[] expected = row.get(field.id());
            byte[] found = null;
            if (!reader.isNull(i)) {
                found = new byte[reader.length(i)];
                reader.buffer(i).getBytes(reader.offset(i), found);
            }
            if (!Arrays.equals(expected, found)) {
                fail(where + ", id=" + Long.toUnsignedString(reader.id()) + ", field=" + field + ": expected="
                        + RandomValues.show(expected) + ", found=" + RandomValues.show(found));
            }
        }
    }

    /** From a random id on, over a random number of ids. */
    private static void checkSkip(final TableView table, final ModelTable model, final String where) {
        final Random random =
                new Random(model.rows().size() * 31L + model.used().size());
        final Long[] ids = model.rows().keySet().toArray(new Long[0]);
        for (int round = 0; round < 3; round++) {
            final int first = ids.length == 0 || round == 0 ? 0 : random.nextInt(ids.length);
            final long from = ids.length == 0 || round == 0 ? 0 : ids[first];
            final int skipped = random.nextInt(ids.length + 2);
            final IdWalk walk = table.walk().from(from);
            assertEquals(Math.min(skipped, ids.length - first), walk.skip(skipped), where + ", skip from " + from);
            final Iterator<Long> rest = Arrays.asList(ids)
                    .subList(Math.min(ids.length, first + skipped), ids.length)
                    .iterator();
            for (int i = 0; i < 3; i++) {
                assertEquals(rest.hasNext(), walk.next(), where + ", after skip of " + skipped + " from " + from);
                if (rest.hasNext()) {
                    assertEquals(rest.next(), walk.id(), where);
                }
            }
        }
    }
}
