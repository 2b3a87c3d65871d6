package io.taktdb.core.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(OffHeapLeakCheck.class)
class RowAccessTest {
    private static final int ROWS = 3000;

    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);

    /** What the tests see of a mob. */
    public interface MobChunk extends Chunk {
        int hp(int row);

        void hp(int row, int value);

        int mana(int row);

        void mana(int row, int value);

        boolean hasMana(int row);

        int armor(int row);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Table create(final GroupLayout layout) {
        database.change(new CreateTable(
                "mob",
                List.of(
                        FieldSpec.of("hp", "i32"),
                        FieldSpec.of("mana", "i32").asOptional(),
                        FieldSpec.of("armor", "i32").inGroup("cold")),
                Map.of("main", layout),
                TableSchema.UNLIMITED_ROWS));
        final Table table = database.table("mob");
        for (int i = 1; i <= ROWS; i++) {
            table.writes().insert(Rows.row(table.schema(), i, null, -i));
        }
        database.commit(1);
        return table;
    }

    private static void strike(final MobChunk mob, final int i) {
        mob.hp(i, mob.hp(i) - 1);
        mob.mana(i, mob.armor(i));
    }

    private static void strikeOne(final RowAccess<MobChunk> mobs, final long id) {
        final int i = mobs.edit(id);
        strike(mobs.chunk(), i);
    }

    @ParameterizedTest
    @EnumSource(GroupLayout.class)
    void shouldChangeTheRecordsThatAreNamedAndNoOther(final GroupLayout layout) {
        final Table table = create(layout);
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final int[] strikes = new int[ROWS + 1];
        final long[] ids = new long[2 * ROWS];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = 1L + random.nextInt(ROWS);
        }
        final int count = 1000 + random.nextInt(ROWS);
        for (int i = 0; i < count; i++) {
            strikes[(int) ids[i]]++;
        }
        final RowAccess<MobChunk> mobs = table.access(MobChunk.class);

        mobs.editAll(ids, count, RowAccessTest::strike);
        strikeOne(mobs, ROWS);
        strikes[ROWS]++;

        for (int id = 1; id <= ROWS; id++) {
            final int row = mobs.read(id);
            assertEquals(id, mobs.chunk().id(row));
            assertEquals(id - strikes[id], mobs.chunk().hp(row), "seed=" + seed + ", id=" + id);
            assertEquals(strikes[id] > 0, mobs.chunk().hasMana(row), "seed=" + seed + ", id=" + id);
            assertEquals(strikes[id] > 0 ? -id : 0, mobs.chunk().mana(row), "seed=" + seed + ", id=" + id);
        }
    }

    @ParameterizedTest
    @EnumSource(GroupLayout.class)
    void shouldTakeAllEditsBackWhenRolledBack(final GroupLayout layout) {
        final Table table = create(layout);
        final RowAccess<MobChunk> mobs = table.access(MobChunk.class);
        strikeOne(mobs, 7);
        database.settle();
        final int mark = database.mark();
        mobs.editAll(new long[] {7, 8, 1500, 7, 2999}, 5, RowAccessTest::strike);
        table.writes().delete(9);
        strikeOne(mobs, ROWS);

        database.rollback(mark);

        for (final long id : new long[] {7, 8, 9, 1500, 2999, ROWS}) {
            final int row = mobs.read(id);
            assertEquals(id == 7 ? 6 : id, mobs.chunk().hp(row), "id=" + id);
            assertEquals(id == 7, mobs.chunk().hasMana(row), "id=" + id);
        }
    }

    @Test
    void shouldLeaveCommittedStatesAlone() {
        final Table table = create(GroupLayout.COLUMNS);
        final RowAccess<MobChunk> mobs = table.access(MobChunk.class);
        try (Lease lease = database.lease()) {
            for (int commit = 2; commit < 6; commit++) {
                strikeOne(mobs, 5);
                database.commit(commit);
            }
            final RowReader before = lease.state().table("mob").reader().require(5);
            assertEquals(5, before.getLong(0));
            assertTrue(before.isNull(1));
        }
        assertEquals(1, table.reader().require(5).getLong(0));
    }

    @Test
    void shouldFollowTheTableToAnotherLayout() {
        final Table table = create(GroupLayout.COLUMNS);
        final RowAccess<MobChunk> mobs = table.access(MobChunk.class);
        mobs.edit(1);
        database.change(new AddField("mob", FieldSpec.of("speed", "f64").withDefault("2")));
        strikeOne(mobs, 1);
        assertEquals(0, table.reader().require(1).getLong(0));
        assertEquals(2.0, table.reader().require(1).getDouble(3));
    }

    @Test
    void shouldRefuseRecordsThatAreNotThereAndFieldsOfAnIndex() {
        final Table table = create(GroupLayout.COLUMNS);
        final RowAccess<MobChunk> mobs = table.access(MobChunk.class);
        table.writes().delete(3);
        for (final long id : new long[] {3, 0, ROWS + 1L}) {
            assertEquals(
                    ErrorCode.RECORD_NOT_FOUND,
                    assertThrows(DbException.class, () -> mobs.edit(id)).code());
        }
        database.change(new CreateIndex("mob", new IndexSpec("by_hp", List.of("hp"), IndexKind.ORDERED, false)));
        final DbException refused = assertThrows(DbException.class, () -> mobs.edit(1));
        assertEquals(ErrorCode.CONFLICT, refused.code());
        assertTrue(refused.getMessage().contains("field=hp, index=by_hp"), refused::getMessage);
        assertFalse(table.reader().require(1).isNull(0));
    }
}
