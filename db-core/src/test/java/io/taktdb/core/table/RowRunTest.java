package io.taktdb.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.core.testing.Rows;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.IndexKind;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many records inserted and deleted at once. */
@ExtendWith(OffHeapLeakCheck.class)
class RowRunTest {
    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);

    /** What is set of a new mob. */
    public interface NewMob extends Chunk {
        void hp(int row, int value);

        void mana(int row, int value);
    }

    /** An interface that cannot insert: hp is required. */
    public interface ManaOnly extends Chunk {
        void mana(int row, int value);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Table create(final GroupLayout layout, final long maxRows) {
        database.change(new CreateTable(
                "mob",
                List.of(
                        FieldSpec.of("hp", "i32"),
                        FieldSpec.of("mana", "i32").asOptional(),
                        FieldSpec.of("name", "string").withDefault("\"a name beyond twelve bytes\""),
                        FieldSpec.of("armor", "i32").inGroup("cold").withDefault("7")),
                Map.of("main", layout),
                maxRows));
        return database.table("mob");
    }

    private static void fill(final NewMob mob, final int row) {
        mob.hp(row, (int) mob.id(row) * 3);
        if (mob.id(row) % 2 == 0) {
            mob.mana(row, -1);
        }
    }

    @ParameterizedTest
    @EnumSource(GroupLayout.class)
    void shouldInsertRecordsThatShowTheirDefaultsAndWhatWasFilledIn(final GroupLayout layout) {
        final Table table = create(layout, TableSchema.UNLIMITED_ROWS);
        table.writes().insert(Rows.row(table.schema(), 3, null, "one", 1));
        assertEquals(2, table.access(NewMob.class).insertAll(3_000, RowRunTest::fill));
        TableAudit.check(table);
        assertEquals(3_001, table.rowCount());
        final RowReader reader = table.reader();
        for (long id = 2; id <= 3_001; id++) {
            reader.require(id);
            assertEquals(id * 3, reader.getLong(0));
            assertEquals(id % 2 != 0, reader.isNull(1), "id=" + id);
            assertEquals("a name beyond twelve bytes", reader.getString(2));
            assertEquals(7, reader.getLong(3));
        }
        assertEquals(3_002, table.writes().insert(Rows.row(table.schema(), 3, null, "one", 1)));
    }

    @Test
    void shouldPassOverIdsThatClientsGave() {
        final Table table = create(GroupLayout.COLUMNS, TableSchema.UNLIMITED_ROWS);
        final RowAccess<NewMob> mobs = table.access(NewMob.class);
        for (final long given : new long[] {5, 700, Long.MIN_VALUE, 100_000}) {
            table.writes().insert(given, Rows.row(table.schema(), 0, null, "given", 0));
        }
        final long after = mobs.insertAll(600, RowRunTest::fill);
        assertTrue(after > 700 || after + 600 <= 700, "first id=" + after);
        mobs.insertAll(100_000, RowRunTest::fill);
        TableAudit.check(table);
        assertEquals(100_604, table.rowCount());
        assertEquals(0, table.reader().require(100_000).getLong(0), "the record that a client made is as it was");
    }

    @ParameterizedTest
    @EnumSource(GroupLayout.class)
    void shouldDoAsSingleWritesDo(final GroupLayout layout) {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final Table table = create(layout, TableSchema.UNLIMITED_ROWS);
        final RowAccess<NewMob> mobs = table.access(NewMob.class);
        final Map<Long, Integer> model = new TreeMap<>();
        for (int step = 0; step < 60; step++) {
            final Map<Long, Integer> before = new TreeMap<>(model);
            final long hash = StateHash.of(database.commit(step));
            final int mark = database.mark();
            if (random.nextBoolean() || model.isEmpty()) {
                final int count = 1 + random.nextInt(2_500);
                final long first = mobs.insertAll(count, RowRunTest::fill);
                for (long id = first; id < first + count; id++) {
                    model.put(id, (int) id * 3);
                }
            } else {
                final List<Long> chosen = new ArrayList<>(model.keySet());
                Collections.shuffle(chosen, random);
                final int count = 1 + random.nextInt(chosen.size());
                final long[] ids = chosen.stream().mapToLong(id -> id).toArray();
                assertEquals(count, table.writes().deleteAll(ids, count));
                chosen.subList(0, count).forEach(model::remove);
            }
            compare(table, model, seed);
            if (random.nextInt(3) == 0) {
                database.rollback(mark);
                model.clear();
                model.putAll(before);
                compare(table, model, seed);
                assertEquals(hash, StateHash.of(database.commit(step)), "seed=" + seed);
            }
        }
    }

    private static void compare(final Table table, final Map<Long, Integer> model, final long seed) {
        TableAudit.check(table);
        assertEquals(model.size(), table.rowCount(), "seed=" + seed);
        final RowReader reader = table.reader();
        model.forEach((id, hp) -> assertEquals(hp, reader.require(id).getInt(0), "seed=" + seed + ", id=" + id));
    }

    @Test
    void shouldChangeNothingWhenARecordIsRefused() {
        final Table table = create(GroupLayout.COLUMNS, 5_000);
        final RowAccess<NewMob> mobs = table.access(NewMob.class);
        database.change(new CreateIndex("mob", new IndexSpec("by_hp", List.of("hp"), IndexKind.HASH, true)));
        mobs.insertAll(1_000, RowRunTest::fill);
        final long hash = StateHash.of(database.commit(1));
        final Map<ErrorCode, Runnable> refused = Map.of(
                ErrorCode.CONFLICT, () -> mobs.insertAll(2_000, (mob, row) -> mob.hp(row, row < 1_000 ? -row : 3)),
                ErrorCode.TABLE_FULL, () -> mobs.insertAll(4_001, RowRunTest::fill),
                ErrorCode.RECORD_NOT_FOUND, () -> table.writes().deleteAll(new long[] {7, 8, 7}, 3),
                ErrorCode.SCHEMA_MISMATCH, () -> table.access(ManaOnly.class).insertAll(1, (mob, row) -> {}));
        refused.forEach((code, call) -> {
            final DbException error = assertThrows(DbException.class, call::run);
            assertEquals(code, error.code(), error::getMessage);
            TableAudit.check(table);
            assertEquals(hash, StateHash.of(database.commit(2)), code::toString);
        });
        final DbException missing = assertThrows(
                DbException.class, () -> table.access(ManaOnly.class).insertAll(1, (mob, row) -> {}));
        assertTrue(missing.getMessage().contains("field=hp, type=i32; add the setter"), missing::getMessage);
        assertThrows(IndexOutOfBoundsException.class, () -> mobs.insertAll(0, RowRunTest::fill));
        assertEquals(1_001, mobs.insertAll(4_000, RowRunTest::fill), "no id was used up");
    }

    @Test
    void shouldTakeAllBackWhenTheCallerFailsInTheMiddle() {
        final Table table = create(GroupLayout.COLUMNS, TableSchema.UNLIMITED_ROWS);
        final RowAccess<NewMob> mobs = table.access(NewMob.class);
        mobs.insertAll(700, RowRunTest::fill);
        final long hash = StateHash.of(database.commit(1));
        assertThrows(
                IllegalStateException.class,
                () -> mobs.insertAll(5_000, (mob, row) -> {
                    fill(mob, row);
                    if (mob.id(row) == 4_321) {
                        throw new IllegalStateException("the game's own fault");
                    }
                }));
        TableAudit.check(table);
        assertEquals(hash, StateHash.of(database.commit(2)));
    }

    @Test
    void shouldFollowTheTableToAnotherLayout() {
        final Table table = create(GroupLayout.COLUMNS, TableSchema.UNLIMITED_ROWS);
        final RowAccess<NewMob> mobs = table.access(NewMob.class);
        mobs.insertAll(10, RowRunTest::fill);
        database.change(new AddField("mob", FieldSpec.of("speed", "f64").withDefault("2")));
        final long first = mobs.insertAll(10, RowRunTest::fill);
        assertEquals(2.0, table.reader().require(first).getDouble(4));
        TableAudit.check(table);
    }
}
