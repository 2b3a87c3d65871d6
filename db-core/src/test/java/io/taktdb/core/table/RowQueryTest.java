package io.taktdb.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowFilter.Op;
import io.taktdb.core.transaction.WorldFixture;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Queries against a plain list that is filtered and sorted, whatever indexes there are. */
final class RowQueryTest {
    private static final Comparator<Comparable<Object>> NULLS_FIRST = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final String[][] INDEXES = {{"a"}, {"b"}, {"c"}, {"a", "b"}, {"b", "a"}, {"c", "a"}, {"a", "b", "c"}
    };
    private static final String[] PATTERNS = {
        "c%", "%1", "c_", "c1", "%", "", "x%-1", "%x%x-_", "_%", "c%1%", "xx%", "%_%_", "x".repeat(299) + "%"
    };
    private static final String LONG = "x".repeat(300);

    private static WorldFixture world() {
        return WorldFixture.of(CreateTable.of(
                "t",
                FieldSpec.of("a", "i32").asOptional(),
                FieldSpec.of("b", "f64"),
                FieldSpec.of("c", "string").asOptional()));
    }

    private static Object random(final int position, final Random random) {
        if (position != 1 && random.nextInt(5) == 0) {
            return null;
        }
        final int number = random.nextInt(6) - 3;
        if (position == 2) {
            return number < 0 ? LONG + number : "c" + number;
        }
        return position == 0 ? (Object) number : (Object) (double) number;
    }

    private static byte[] bytes(final Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        final ByteBuffer buffer =
                ByteBuffer.allocate(value instanceof Integer ? 4 : 8).order(ByteOrder.LITTLE_ENDIAN);
        if (value instanceof Integer number) {
            buffer.putInt(number);
        } else if (value instanceof Long id) {
            buffer.putLong(id);
        } else {
            buffer.putDouble((Double) value);
        }
        return buffer.array();
    }

    @SuppressWarnings("unchecked")
    private static int order(final Object one, final Object two) {
        return NULLS_FIRST.compare((Comparable<Object>) one, (Comparable<Object>) two);
    }

    private static boolean matches(final Object actual, final Op op, final List<Object> wanted) {
        if (op == Op.IN) {
            return wanted.contains(actual);
        }
        if (op == Op.LIKE) {
            return actual != null && ((String) actual).matches(regex((String) wanted.get(0)));
        }
        final Object value = wanted.get(0);
        if (actual == null || value == null) {
            return op == Op.EQ && actual == value || op == Op.NE && value == null && actual != null;
        }
        final int order = order(actual, value);
        return switch (op) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            default -> order >= 0;
        };
    }

    /** What {@code java.util.regex} calls the pattern. */
    private static String regex(final String like) {
        final StringBuilder regex = new StringBuilder("(?s)");
        like.codePoints().forEach(c -> {
            if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return regex.toString();
    }

    @Property(tries = 60)
    void shouldFindWhatAListWouldHold(@ForAll final long seed) {
        final Random random = new Random(seed);
        try (WorldFixture world = world()) {
            for (int i = random.nextInt(4); i > 0; i--) {
                world.database()
                        .change(new CreateIndex(
                                "t", IndexSpec.ordered("i" + i, INDEXES[random.nextInt(INDEXES.length)])));
            }
            final Map<Long, Object[]> rows = new TreeMap<>();
            for (int i = 0; i < 120; i++) {
                final Object[] row = {random(0, random), random(1, random), random(2, random)};
                rows.put(world.insert("t", "a", row[0], "b", row[1], "c", row[2]), row);
            }
            world.commit();
            try (Lease lease = world.database().lease()) {
                world.table("t").writes().clear();
                world.insert("t", "b", 1);
                world.commit();
                for (int i = 0; i < 60; i++) {
                    check(lease.state().table("t"), rows, random);
                }
            }
        }
    }

    private static void check(final TableView table, final Map<Long, Object[]> rows, final Random random) {
        final RowQuery query = new RowQuery(table);
        Predicate<Map.Entry<Long, Object[]>> wanted = row -> true;
        for (int i = random.nextInt(4); i > 0; i--) {
            final Op op = Op.values()[random.nextInt(Op.values().length)];
            final int position = op == Op.LIKE ? 2 : random.nextInt(3);
            final List<Object> values = new ArrayList<>();
            for (int j = op == Op.IN ? random.nextInt(4) : 1; j > 0; j--) {
                values.add(op == Op.LIKE ? PATTERNS[random.nextInt(PATTERNS.length)] : random(position, random));
            }
            final List<byte[]> encoded = new ArrayList<>();
            values.forEach(value -> encoded.add(bytes(value)));
            query.where(new RowFilter(table.schema(), position, op, encoded));
            wanted = wanted.and(row -> matches(row.getValue()[position], op, values));
        }
        if (random.nextInt(3) == 0) {
            final long bound = random.nextInt(130);
            final Op op =
                    List.of(Op.EQ, Op.GT, Op.GE, Op.LT, Op.LE, Op.NE, Op.IN).get(random.nextInt(7));
            final List<Long> ids = op == Op.IN ? List.of(bound, 3L, bound + 1, 9L) : List.of(bound);
            final List<byte[]> encoded = ids.stream().map(RowQueryTest::bytes).toList();
            query.where(new RowFilter(table.schema(), RowFilter.ID, op, encoded));
            wanted = wanted.and(row -> matches(row.getKey(), op, List.copyOf(ids)));
        }
        Comparator<Map.Entry<Long, Object[]>> order = Comparator.comparing(row -> 0);
        boolean descending = false;
        final boolean sortsText = random.nextInt(3) == 0;
        for (int i = random.nextInt(3); i > 0; i--) {
            final int position = random.nextInt(sortsText ? 3 : 2);
            descending = random.nextBoolean();
            query.orderBy(position, descending);
            final Comparator<Map.Entry<Long, Object[]>> term =
                    (one, two) -> order(cut(one.getValue()[position]), cut(two.getValue()[position]));
            order = order.thenComparing(descending ? term.reversed() : term);
        }
        final Comparator<Map.Entry<Long, Object[]>> ids = Map.Entry.comparingByKey();
        final int most = 1 + random.nextInt(150);
        final List<Long> expected = rows.entrySet().stream()
                .filter(wanted)
                .sorted(order.thenComparing(descending ? ids.reversed() : ids))
                .limit(most)
                .map(Map.Entry::getKey)
                .toList();
        final List<Long> found = new ArrayList<>();
        final RowQuery limited = query.atMost(most);
        while (limited.next()) {
            found.add(limited.row().id());
        }
        assertEquals(
                expected, found, () -> query.explain() + " of " + table.schema().indexes());
    }

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

    /** Texts sort by their first 256 bytes. */
    private static Object cut(final Object value) {
        return value instanceof String text && text.length() > 256 ? text.substring(0, 256) : value;
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
