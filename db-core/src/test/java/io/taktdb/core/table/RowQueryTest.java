package io.taktdb.core.table;

import static io.taktdb.core.table.RowQueryModelTest.bytes;
import static io.taktdb.core.table.RowQueryModelTest.world;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.table.RowFilter.Op;
import io.taktdb.core.transaction.WorldFixture;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How queries use indexes, and what patterns mean. */
final class RowQueryTest {
    @Test
    void shouldLookAtFewRowsWhenAnIndexHasTheValues() {
        try (WorldFixture world = world()) {
            world.database()
                    .change(List.of(
                            new CreateIndex("t", IndexSpec.ordered("by_a", "a")),
                            new CreateIndex("t", IndexSpec.ordered("by_c", "c"))));
            for (int i = 0; i < 1000; i++) {
                world.insert("t", "a", i, "b", i, "c", "name" + i);
            }
            final Table table = world.table("t");
            assertEquals("[1, 6, 8]", found(table, in(table, 0, bytes(7), bytes(5), bytes(0), bytes(5), bytes(-1)), 3));
            assertEquals("[101]", found(table, filter(table, "c", Op.LIKE, "name100"), 1));
            assertEquals(
                    "[43, 421, 422, 423, 424, 425, 426, 427, 428, 429, 430]",
                    found(table, filter(table, "c", Op.LIKE, "name42%"), 11));
            assertEquals("[3, 900]", found(table, in(table, RowFilter.ID, bytes(900L), bytes(3L), bytes(5000L)), 2));
            assertEquals("[999, 1000]", found(table, idAbove(table, 998), 3));
            assertEquals("[]", found(table, in(table, 0), 0));
        }
    }

    private static RowFilter idAbove(final Table table, final long id) {
        return new RowFilter(table.schema(), RowFilter.ID, Op.GT, List.of(bytes(id)));
    }

    private static RowFilter in(final Table table, final int position, final byte[]... values) {
        return new RowFilter(table.schema(), position, Op.IN, List.of(values));
    }

    private static String found(final Table table, final RowFilter filter, final int examined) {
        final RowQuery query = new RowQuery(table).where(filter);
        final List<Long> ids = new ArrayList<>();
        while (query.next()) {
            ids.add(query.row().id());
        }
        assertEquals(ids.size(), new RowQuery(table).where(filter).count());
        assertEquals(examined, query.examined(), query.explain());
        return ids.toString();
    }

    @Test
    void shouldStopWhenAPatternTakesTooManySteps() {
        try (WorldFixture world = world()) {
            world.insert("t", "b", 1, "c", "a".repeat(40_000));
            final Table table = world.table("t");
            final RowQuery query =
                    new RowQuery(table).where(filter(table, "c", Op.LIKE, "%" + "a".repeat(8000) + "b%"));
            assertEquals(
                    ErrorCode.LIMIT_EXCEEDED,
                    assertThrows(DbException.class, query::next).code());
        }
    }

    @Test
    void shouldTakeSpecialMeaningAwayAfterABackslash() {
        try (WorldFixture world = world()) {
            world.insert("t", "b", 1, "c", "50%");
            world.insert("t", "b", 1, "c", "50 of");
            world.insert("t", "b", 1, "c", "é");
            final Table table = world.table("t");
            assertEquals("[1]", found(table, filter(table, "c", Op.LIKE, "50\\%"), 3));
            assertEquals("[1, 2]", found(table, filter(table, "c", Op.LIKE, "50%"), 3));
            assertEquals("[3]", found(table, filter(table, "c", Op.LIKE, "_"), 3));
        }
    }

    private static RowFilter filter(final TableView table, final String field, final Op op, final Object value) {
        final List<byte[]> values = new ArrayList<>();
        values.add(bytes(value));
        return new RowFilter(table.schema(), table.schema().indexOf(field), op, values);
    }

    @Test
    void shouldPickTheIndexThatNarrowsMost() {
        try (WorldFixture world = world()) {
            final Table table = world.table("t");
            assertEquals("scan of 0 rows", new RowQuery(table).explain());
            world.database()
                    .change(List.of(
                            new CreateIndex("t", IndexSpec.ordered("by_a", "a")),
                            new CreateIndex("t", IndexSpec.ordered("by_ab", "a", "b"))));
            final RowFilter a = filter(table, "a", Op.EQ, 5);
            final RowFilter b = filter(table, "b", Op.GT, 1.5);

            assertEquals(
                    "index by_a: 1 of 1 fields equal; filter [a = ?]",
                    new RowQuery(table).where(a).explain());
            assertEquals(
                    "index by_ab: 1 of 2 fields equal, the next within bounds; filter [b > ?, a = ?]; sort by id",
                    new RowQuery(table).where(b).where(a).explain());
            assertEquals(
                    "index by_ab: 1 of 2 fields equal; filter [a = ?]",
                    new RowQuery(table).where(a).orderBy(1, true).explain());
            assertEquals(
                    "index by_ab: 0 of 2 fields equal",
                    new RowQuery(table).orderBy(0, true).orderBy(1, true).explain());
            assertEquals(
                    "scan of 0 rows; sort by a, -b, -id",
                    new RowQuery(table).orderBy(0, false).orderBy(1, true).explain());
            final RowFilter id = new RowFilter(table.schema(), RowFilter.ID, Op.EQ, List.of(bytes(7L)));
            assertEquals(
                    "id; filter [id = ?, a = ?]",
                    new RowQuery(table).where(id).where(a).explain());
        }
    }

    @Test
    void shouldFindOneRecordByItsIdIfTheRestMatches() {
        try (WorldFixture world = world()) {
            final long id = world.insert("t", "a", 1, "b", 2);
            final Table table = world.table("t");
            final RowFilter byId = new RowFilter(table.schema(), RowFilter.ID, Op.EQ, List.of(bytes(id)));

            assertTrue(new RowQuery(table)
                    .where(byId)
                    .where(filter(table, "a", Op.EQ, 1))
                    .next());
            assertTrue(!new RowQuery(table)
                    .where(byId)
                    .where(filter(table, "a", Op.EQ, 2))
                    .next());
        }
    }
}
