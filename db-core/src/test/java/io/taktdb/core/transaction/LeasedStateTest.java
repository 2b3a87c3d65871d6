package io.taktdb.core.transaction;

import static io.taktdb.core.testing.Rows.part;
import static io.taktdb.core.testing.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.Reader;
import io.taktdb.core.state.State;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.table.Table;
import io.taktdb.core.table.TableAudit;
import io.taktdb.core.table.TableState;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.schema.SchemaChange.DropField;
import io.taktdb.types.schema.SchemaChange.DropTable;
import io.taktdb.types.schema.SchemaChange.RenameField;
import io.taktdb.types.schema.SchemaChange.WidenField;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A leased state is what it was, whatever happens to the tables. */
@ExtendWith(OffHeapLeakCheck.class)
class LeasedStateTest {
    private static final String TEXT = "a text that lies in the heap, number ";

    private final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
    private final Database database = new Database(budget, 0, 0);
    private final Table unit;
    private long tick;

    LeasedStateTest() {
        database.change(CreateTable.of("unit", FieldSpec.of("hp", "i32"), FieldSpec.of("name", "string")));
        unit = database.table("unit");
        for (int i = 0; i < 700; i++) {
            unit.writes().insert(row(unit.schema(), i, TEXT + i));
        }
        database.commit(++tick);
    }

    @AfterEach
    void close() {
        database.commit(++tick);
        assertEquals(0, database.waiting());
        database.close();
        assertEquals(0, budget.reservedBytes());
    }

    private void assertStays(final Runnable change) {
        try (Lease lease = database.lease()) {
            final State state = lease.state();
            final long hash = StateHash.of(state);
            final long mark = state.commit();
            change.run();
            for (int i = 0; i < 5; i++) {
                database.commit(++tick);
                assertEquals(hash, StateHash.of(state));
            }
            assertEquals(mark, state.commit());
            state.tables().forEach(TableAudit::check);
        }
    }

    private void overwriteAll(final int value) {
        for (long id = 1; id <= 700; id++) {
            unit.writes().merge(id, part(unit.schema(), new int[] {0, 1}, value, TEXT + value));
        }
    }

    @Test
    @Tag("lf_1:test_stale_reference_remains_valid")
    @Tag("lf_1:test_load_after_multiple_swaps")
    @Tag("zc_1:test_reference_valid_across_buffer_swap")
    @Tag("ao_1:test_delete_concurrent_access")
    @Tag("lf_1:test_load_preserves_buffer_contents")
    @Tag("lf_1:test_load_with_dropped_original_arc")
    @Tag("lf_2:test_memory_safety_concurrent_access")
    @Tag("rs_2:test_concurrent_delete_and_read")
    @Tag("rs_6:test_delete_relation_while_read_operations")
    void shouldStayTheSameThroughCommitsDropsAndSchemaChanges() {
        assertStays(() -> {
            for (int i = 0; i < 20; i++) {
                overwriteAll(i);
                database.commit(++tick);
            }
        });
        assertStays(() -> database.change(
                new AddField("unit", FieldSpec.of("note", "string").asOptional())));
        assertStays(() -> database.change(new WidenField("unit", "hp", "string")));
        assertStays(() -> database.change(new RenameField("unit", "hp", "health")));
        assertStays(() -> database.change(new DropField("unit", "name")));
        assertStays(() -> {
            for (int i = 0; i < 3_000; i++) {
                unit.writes().insert(row(unit.schema(), TEXT + i));
            }
        });
        assertStays(() -> unit.writes().clear());
        assertStays(() -> database.change(new DropTable("unit")));
        database.commit(++tick);
        assertEquals(0, database.liveFrames());
    }

    @Test
    @Tag("ce_2:test_buffer_concurrent_access")
    void shouldStayTheSameWhenItsSmallTableGrows() {
        database.change(CreateTable.of("small", FieldSpec.of("n", "i64")));
        final Table small = database.table("small");
        for (int i = 0; i < 10; i++) {
            small.writes().insert(row(small.schema(), i));
        }
        database.commit(++tick);
        final int rowsPerChunk = small.layout().rowsPerChunk();
        assertStays(() -> {
            for (int i = 0; i < 1_000; i++) {
                small.writes().insert(row(small.schema(), i));
            }
        });
        assertEquals(16, rowsPerChunk);
        assertEquals(TableLayout.MAX_CHUNK_ROWS, small.layout().rowsPerChunk());
    }

    @Test
    @Tag("lf_2:test_writer_starvation_prevention")
    @Tag("ab_1:test_arc_buffer_cloning")
    @Tag("ab_2:test_transactional_consistency")
    void shouldEachStayWhatTheyWereWhenManyLeasesAreHeld() {
        final List<Lease> leases = new ArrayList<>();
        final List<Long> hashes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 20; j++) {
                unit.writes().merge(1 + (i * 31 + j * 7) % 700, row(unit.schema(), i, TEXT + j));
            }
            if (i % 7 == 0) {
                unit.writes().insert(row(unit.schema(), i, "new"));
            }
            leases.add(database.lease());
            hashes.add(StateHash.of(leases.get(i).state()));
            database.commit(++tick);
        }
        assertEquals(100, database.states().openLeases());
        for (int i = 0; i < 100; i++) {
            final int any = i * 37 % 100;
            assertEquals(hashes.get(any), StateHash.of(leases.get(any).state()), "lease " + any);
            leases.get(any).close();
            database.commit(++tick);
        }
    }

    @Test
    @Tag("ab_2:test_large_buffer_swap")
    void shouldShareTablesThatDidNotChangeWithTheStateBefore() {
        database.change(CreateTable.of("other", FieldSpec.of("n", "i64")));
        final State first = database.commit(++tick);
        final TableState unitBefore = first.table("unit");
        final TableState otherBefore = first.table("other");
        final Table other = database.table("other");
        other.writes().insert(row(other.schema(), 1));
        final State second = database.commit(++tick);
        assertSame(unitBefore, second.table("unit"));
        assertNotSame(otherBefore, second.table("other"));
        assertSame(otherBefore, first.table("other"), "readers of the first state have their own array");
        assertEquals(0, first.table("other").rowCount());
        assertSame(second.table("other"), database.commit(++tick).table("other"));
        final int mark = database.mark();
        other.writes().insert(row(other.schema(), 2));
        database.rollback(mark);
        assertEquals(1, database.commit(++tick).table("other").rowCount());
    }

    @Test
    @Tag("zc_1:test_reference_lifetime_bound_to_buffer")
    @Tag("lf_1:test_buffer_lifetime_guarantees")
    void shouldRefuseToReadThroughAClosedLease() {
        final Lease lease = database.lease();
        lease.close();
        lease.close();
        assertThrows(IllegalStateException.class, lease::state);
        assertEquals(0, database.states().openLeases());
    }

    @Test
    void shouldLeaveOthersAloneWhenAReaderEndsTwice() {
        final Reader reader = database.states().reader();
        assertEquals(tick, reader.enter().tick());
        assertThrows(IllegalStateException.class, reader::enter);
        reader.close();
        final Lease lease = database.lease(); // in the slot that the reader had
        reader.exit();
        reader.close();
        assertEquals(1, database.states().openLeases());
        assertThrows(IllegalStateException.class, reader::enter);
        overwriteAll(5);
        database.commit(++tick);
        overwriteAll(6);
        database.commit(++tick);
        assertTrue(lease.state().table("unit").reader().require(7).getString(1).endsWith("6"));
        lease.close();
    }

    @Test
    void shouldFindTablesOfItsOwnSchemaOnly() {
        try (Lease lease = database.lease()) {
            database.change(CreateTable.of("later", FieldSpec.of("n", "i64")));
            database.commit(++tick);
            assertEquals(
                    ErrorCode.TABLE_NOT_FOUND,
                    assertThrows(DbException.class, () -> lease.state().table("later"))
                            .code());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> lease.state().table(database.schema().requireTable("later")));
        }
    }

    @Test
    void shouldRewriteNothingWhenOnlyNamesChange() {
        final State before = database.commit(++tick);
        final long frames = database.liveFrames();
        final List<SchemaChange> renames =
                List.of(new RenameField("unit", "hp", "health"), new SchemaChange.RenameTable("unit", "creature"));
        database.change(renames);
        assertEquals(frames, database.liveFrames());
        assertEquals(before.table("unit").group(0).address(0), unit.group(0).address(0));
        final int mark = database.mark();
        unit.writes().insert(row(unit.schema(), 1, TEXT));
        database.rollback(mark);
        final State after = database.commit(++tick);
        assertEquals("health", after.table("creature").schema().fields().get(0).name());
        assertEquals(TEXT + 3, after.table("creature").reader().require(4).getString(1));
        assertEquals("unit", before.table("unit").schema().name());
    }
}
