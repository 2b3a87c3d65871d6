package io.taktdb.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.CreateRelation;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random relations over random rows, against a model that scans everything. */
final class ReferencesModelTest {
    private static final int TABLES = 3;

    /** A record as {@code table:id}, and what its two fields refer to, 0 for nothing. */
    private record Ref(int source, int field, int destination, OnDelete onDelete) {}

    private final List<Ref> refs = new ArrayList<>();
    private final List<TreeMap<Long, long[]>> model = new ArrayList<>();
    private WorldFixture world;

    @Property(tries = 60)
    void shouldDoWhatTheModelDoes(@ForAll final long seed) {
        final Random random = new Random(seed);
        final ReferencesModelTest run = new ReferencesModelTest();
        run.make(random);
        try (WorldFixture closing = run.world) {
            for (int step = 0; step < 150; step++) {
                run.step(random);
                run.compare(closing, "step " + step);
                if (random.nextInt(10) == 0) {
                    closing.commit();
                }
            }
        }
    }

    private void make(final Random random) {
        final List<SchemaChange> changes = new ArrayList<>();
        for (int table = 0; table < TABLES; table++) {
            changes.add(CreateTable.of(
                    "t" + table,
                    FieldSpec.of("f0", "u64").asOptional(),
                    FieldSpec.of("f1", "i64").asOptional()));
            model.add(new TreeMap<>());
        }
        for (int source = 0; source < TABLES; source++) {
            for (int field = 0; field < 2; field++) {
                if (random.nextInt(4) > 0) {
                    final Ref ref =
                            new Ref(source, field, random.nextInt(TABLES), OnDelete.values()[random.nextInt(3)]);
                    refs.add(ref);
                    changes.add(new CreateRelation("t" + source, "f" + field, "t" + ref.destination, ref.onDelete));
                }
            }
        }
        world = WorldFixture.of(changes.toArray(new SchemaChange[0]));
    }

    private void step(final Random random) {
        final int table = random.nextInt(TABLES);
        final List<Long> ids = List.copyOf(model.get(table).keySet());
        if (ids.isEmpty() || random.nextInt(5) < 3) {
            write(table, ids, random);
        } else {
            delete(table, ids.get(random.nextInt(ids.size())));
        }
    }

    private void write(final int table, final List<Long> ids, final Random random) {
        final long[] values = {target(random), target(random)};
        final boolean inserts = ids.isEmpty() || random.nextBoolean();
        final int mark = world.database().mark();
        final long id = inserts
                ? world.insert("t" + table, "f0", boxed(values[0]), "f1", boxed(values[1]))
                : ids.get(random.nextInt(ids.size()));
        if (!inserts) {
            world.merge("t" + table, id, "f0", boxed(values[0]), "f1", boxed(values[1]));
        }
        final long[] old = model.get(table).put(id, values);
        final boolean holds = refs.stream()
                .noneMatch(ref -> ref.source == table
                        && values[ref.field] != 0
                        && !model.get(ref.destination).containsKey(values[ref.field]));
        try {
            world.database().checkConstraints();
            assertTrue(holds, "a dangling reference was taken");
        } catch (final DbException e) {
            assertFalse(holds, e.getMessage());
            world.database().rollback(mark);
            if (old == null) {
                model.get(table).remove(id);
            } else {
                model.get(table).put(id, old);
            }
        }
        world.database().settle();
    }

    private static Long boxed(final long value) {
        return value == 0 ? null : value;
    }

    private static long target(final Random random) {
        return random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(12);
    }

    private void delete(final int table, final long id) {
        final List<TreeMap<Long, long[]>> after = new ArrayList<>();
        for (final TreeMap<Long, long[]> rows : model) {
            final TreeMap<Long, long[]> copy = new TreeMap<>();
            rows.forEach((key, value) -> copy.put(key, value.clone()));
            after.add(copy);
        }
        final boolean refused = !deleteIn(after, table, id);
        try {
            world.delete("t" + table, id);
            assertFalse(refused, "a restricted delete was done");
            model.clear();
            model.addAll(after);
        } catch (final DbException e) {
            assertEquals(ErrorCode.CONFLICT, e.code());
            assertTrue(refused, e.getMessage());
        }
        world.database().checkConstraints();
        world.database().settle();
    }

    /** Deletes with all consequences. Returns whether nothing was in the way. */
    private boolean deleteIn(final List<? extends Map<Long, long[]>> rows, final int table, final long id) {
        final Set<String> gone = new HashSet<>();
        final List<long[]> queue = new ArrayList<>(List.of(new long[] {table, id}));
        for (int i = 0; i < queue.size(); i++) {
            final int from = (int) queue.get(i)[0];
            final long dead = queue.get(i)[1];
            rows.get(from).remove(dead);
            gone.add(from + ":" + dead);
            for (final Ref ref : refs) {
                for (final Map.Entry<Long, long[]> row :
                        List.copyOf(rows.get(ref.source).entrySet())) {
                    if (ref.destination == from && row.getValue()[ref.field] == dead) {
                        if (ref.onDelete == OnDelete.CASCADE) {
                            queue.add(new long[] {ref.source, row.getKey()});
                            rows.get(ref.source).remove(row.getKey());
                        } else if (ref.onDelete == OnDelete.SET_NULL) {
                            row.getValue()[ref.field] = 0;
                        }
                    }
                }
            }
        }
        return refs.stream()
                .filter(ref -> ref.onDelete == OnDelete.RESTRICT)
                .noneMatch(ref -> rows.get(ref.source).values().stream()
                        .anyMatch(row -> gone.contains(ref.destination + ":" + row[ref.field])));
    }

    private void compare(final WorldFixture actual, final String when) {
        final StringBuilder wanted = new StringBuilder();
        for (int table = 0; table < TABLES; table++) {
            wanted.append('t').append(table);
            model.get(table)
                    .forEach((id, row) -> wanted.append(' ')
                            .append(id)
                            .append('{')
                            .append(boxed(row[0]))
                            .append(',')
                            .append(boxed(row[1]))
                            .append(",}"));
            wanted.append('\n');
        }
        assertEquals(wanted.toString(), actual.content(), when);
        actual.audit();
    }
}
