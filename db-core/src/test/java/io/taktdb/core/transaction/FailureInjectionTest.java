package io.taktdb.core.transaction;

import static io.taktdb.core.testing.Rows.part;
import static io.taktdb.core.testing.Rows.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.Guard;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.table.TableAudit;
import io.taktdb.core.table.TableImage;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.SchemaChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Memory runs out at each allocation of a transaction in turn: it is taken back whole, and what follows works.
 *
 * <p>A lease sees every twin, so that nearly every first write of a page needs memory, and once it has run out, even
 * the rollback gets none.
 */
@ExtendWith(OffHeapLeakCheck.class)
class FailureInjectionTest {
    private static final String LONG_TEXT = "a text that is too long for a row ";

    private final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
    private final Database database = new Database(budget, 0, 0);
    private Lease lease;
    private long tick;

    @AfterEach
    void close() {
        if (lease != null) {
            lease.close();
        }
        database.close();
        assertEquals(0, budget.reservedBytes());
    }

    private void createWorld() {
        database.change(new SchemaChange.CreateTable(
                "unit",
                List.of(
                        FieldSpec.of("hp", "i32"),
                        FieldSpec.of("name", "string"),
                        FieldSpec.of("note", "json").asOptional().inGroup("cold"),
                        FieldSpec.of("mana", "u8").withDefault("7").inGroup("rows")),
                Map.of("rows", GroupLayout.ROWS),
                100_000));
        database.change(SchemaChange.CreateTable.of("small", FieldSpec.of("text", "string")));
        database.change(SchemaChange.CreateTable.of("doomed", FieldSpec.of("text", "string")));
        final Table unit = database.table("unit");
        for (int i = 0; i < 600; i++) {
            unit.writes().insert(row(unit.schema(), i, LONG_TEXT + i, i % 3 == 0 ? null : "\"note " + i + '"'));
        }
        unit.writes().insert(-5L, row(unit.schema(), 1, "x".repeat(9_000), null));
        unit.writes().insert(1L << 60, row(unit.schema(), 2, "", null));
        for (final String name : new String[] {"small", "doomed"}) {
            final Table table = database.table(name);
            for (int i = 0; i < 16; i++) {
                table.writes().insert(row(table.schema(), LONG_TEXT + LONG_TEXT + i));
            }
        }
    }

    /** Commits, leases that state, and writes every page again, so that both halves of each are seen. */
    private void holdAllTwins() {
        if (lease != null) {
            lease.close();
        }
        database.commit(++tick);
        touch();
        database.commit(++tick);
        lease = database.lease();
        touch();
        database.commit(++tick);
    }

    private void touch() {
        for (final Table table : database.tables()) {
            final boolean isUnit = table.schema().name().equals("unit");
            for (long r = table.rowCount() - 1; r >= 0; r -= 3) {
                final RowReader reader = table.reader();
                reader.seekRow(r);
                if (isUnit) {
                    table.writes()
                            .merge(
                                    reader.id(),
                                    part(
                                            table.schema(),
                                            new int[] {0, 1, 2, 3},
                                            reader.getLong(0),
                                            reader.getString(1),
                                            reader.getString(2),
                                            reader.getLong(3)));
                } else {
                    table.writes().merge(reader.id(), row(table.schema(), reader.getString(0)));
                }
            }
        }
    }

    /** A bit of everything. */
    private void transaction() {
        final Table unit = database.table("unit");
        unit.writes().insert(row(unit.schema(), 1, LONG_TEXT));
        unit.writes().merge(3, part(unit.schema(), new int[] {0}, 999));
        unit.writes()
                .merge(4, part(unit.schema(), new int[] {1, 2}, "y".repeat(20_000), "[" + "1,".repeat(900) + "1]"));
        unit.writes().replace(-5L, row(unit.schema(), 5, "short", null));
        unit.writes().delete(1L << 60);
        for (int i = 0; i < 530; i++) {
            unit.writes().delete(i + 20);
        }
        for (int i = 0; i < 250; i++) {
            unit.writes().insert(i * 0x9E3779B97F4A7C15L, row(unit.schema(), i, LONG_TEXT.repeat(1 + i % 40)));
        }
        final Table small = database.table("small");
        for (int i = 0; i < 60; i++) {
            small.writes().insert(row(small.schema(), LONG_TEXT.repeat(i)));
        }
        unit.editor().require(10).setString(1, LONG_TEXT.repeat(7)).setNull(2);
        database.change(new SchemaChange.AddField(
                "small", FieldSpec.of("extra", "string").withDefault('"' + LONG_TEXT + '"')));
        database.change(new SchemaChange.WidenField("unit", "hp", "string"));
        database.change(new SchemaChange.DropField("unit", "note"));
        database.change(new SchemaChange.RenameField("unit", "mana", "power"));
        database.change(new SchemaChange.DropTable("doomed"));
        database.change(SchemaChange.CreateTable.of("fresh", FieldSpec.of("text", "string")));
        final Table fresh = database.table("fresh");
        fresh.writes().insert(row(fresh.schema(), LONG_TEXT));
        unit.writes().clear();
    }

    private long hash() {
        return StateHash.of(List.copyOf(database.tables()));
    }

    private void assertUnchanged(final State before, final long hash, final String when) {
        assertEquals(before.schema(), database.schema(), when);
        assertEquals(hash, hash(), when);
        for (final Table table : database.tables()) {
            assertArrayEquals(
                    TableImage.scalarsOf(before.table(table.schema().name())), TableImage.scalarsOf(table), when);
            TableAudit.check(table);
        }
    }

    @Test
    @Tag("ao_1:test_rollback_from_log")
    @Tag("ao_1:test_delete_failure_preserves_record")
    @Tag("ao_1:test_update_partial_failure_rollback")
    @Tag("ao_2:test_rollback_single_failed_operation")
    @Tag("ao_1:test_record_size_boundary")
    @Tag("sl_4:test_write_near_capacity")
    @Tag("rc_1:test_insert_record_atomicity")
    @Tag("rs_2:test_delete_table_atomicity")
    @Tag("rc_3:test_update_atomicity")
    void shouldChangeNothingWhenMemoryRunsOutAtAnyStep() {
        createWorld();
        int allowed = 0;
        while (failsAfter(allowed)) {
            allowed++;
        }
        assertTrue(allowed > 40, "allocations=" + allowed);
        lease.close();
        database.commit(++tick);
        database.commit(++tick);
        for (final Table table : database.tables()) {
            TableAudit.check(table);
        }
        assertEquals(TableAudit.frames(database.tables()), database.liveFrames(), "frames that no page uses");
    }

    private boolean failsAfter(final int allocations) {
        holdAllTwins();
        final long hash = hash();
        final long leased = StateHash.of(lease.state());
        final State before = database.states().newest();
        final int mark = database.mark();
        Guard.failAfter(allocations);
        try {
            transaction();
            return false;
        } catch (final DbException e) {
            assertEquals(ErrorCode.OUT_OF_MEMORY, e.code(), e.getMessage());
            database.rollback(mark);
            assertUnchanged(before, hash, "after " + allocations + " allocations");
            assertEquals(leased, StateHash.of(lease.state()), "the lease after " + allocations + " allocations");
            return true;
        } finally {
            Guard.failAfter(Long.MAX_VALUE);
        }
    }

    @Test
    void shouldGoOnWhenRowsAreDeletedAfterTheBudgetIsUsedUp() {
        final MemoryBudget small = new MemoryBudget(3_000_000);
        try (Database full = new Database(small, 0, 0)) {
            full.change(SchemaChange.CreateTable.of("note", FieldSpec.of("text", "string")));
            final Table note = full.table("note");
            long rows = 0;
            DbException refused = null;
            while (refused == null) {
                try {
                    note.writes().insert(row(note.schema(), LONG_TEXT.repeat(20)));
                    rows++;
                } catch (final DbException e) {
                    refused = e;
                }
                full.settle();
            }
            assertEquals(ErrorCode.OUT_OF_MEMORY, refused.code());
            assertEquals(rows, note.rowCount());
            TableAudit.check(note);
            full.commit(1);
            for (long id = 1; id <= rows / 2; id++) {
                note.writes().delete(id);
            }
            full.commit(2);
            for (int i = 0; i < rows / 4; i++) {
                note.writes().insert(row(note.schema(), LONG_TEXT.repeat(20)));
            }
            full.commit(3);
            TableAudit.check(note);
        }
        assertEquals(0, small.reservedBytes());
    }
}
