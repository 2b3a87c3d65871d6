package io.taktdb.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowFilter.Op;
import io.taktdb.core.transaction.WorldFixture;
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

/** Queries against a plain list that is filtered and sorted, whatever indexes there are. */
final class RowQueryModelTest {
    private static final Comparator<Comparable<Object>> NULLS_FIRST = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final String[][] INDEXES = {{"a"}, {"b"}, {"c"}, {"a", "b"}, {"b", "a"}, {"c", "a"}, {"a", "b", "c"}
    };
    private static final String[] PATTERNS = {
        "c%", "%1", "c_", "c1", "%", "", "x%-1", "%x%x-_", "_%", "c%1%", "xx%", "%_%_", "x".repeat(299) + "%"
    };
    private static final String LONG = "x".repeat(300);

    static WorldFixture world() {
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

    static byte[] bytes(final Object value) {
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
            final List<byte[]> encoded =
                    ids.stream().map(RowQueryModelTest::bytes).toList();
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

    /** Texts sort by their first 256 bytes. */
    private static Object cut(final Object value) {
        return value instanceof String text && text.length() > 256 ? text.substring(0, 256) : value;
    }
}
