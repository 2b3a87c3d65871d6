package io.taktdb.core.version;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OffHeapLeakCheck.class)
class UndoLogTest {
    private final PageWorld world = new PageWorld();
    private final UndoLog undo = world.epochs().undo();
    private final DirtyFlag dirty = new DirtyFlag();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Tag("ao_2:test_rollback_multi_operation_transaction")
    @Tag("ao_2:test_crud_operation_atomicity_via_log")
    void shouldTakeBackEveryKindNewestFirst() {
        final List<String> told = new ArrayList<>();
        final Scalars scalars = new Scalars(world.epochs(), 2, dirty);
        final int page = world.store().append();
        undo.saveAction(() -> told.add("action"));
        final int outer = undo.mark();
        scalars.set(1, 5);
        world.write(page, 3, 9);
        final int inner = undo.mark();
        scalars.set(1, 6);
        undo.mark(); // or the counter would be saved once for both
        undo.saveTarget(
                undo.own((UndoLog.Target) where -> told.add("target " + where + " sees " + scalars.get(1))), 77);
        scalars.set(1, 7);
        world.write(page, 3, 10);
        undo.rollback(inner);
        assertEquals(List.of("target 77 sees 6"), told);
        assertEquals(5, scalars.get(1));
        assertEquals(9, world.bytes(world.store(), page)[3]);
        undo.rollback(outer);
        assertEquals(0, scalars.get(1));
        assertArrayEquals(world.filled(0), world.bytes(world.store(), page));
        undo.rollback(0);
        assertEquals(List.of("target 77 sees 6", "action"), told);
        assertEquals(0, world.store().count());
    }

    @Test
    @Tag("ao_2:test_log_out_of_space")
    @Tag("ao_2:test_log_memory_usage")
    void shouldRefuseATransactionThatOverwritesTooMuch() {
        final int page = world.store().append();
        world.fill(page, 1);
        world.commit();
        int writes = 0;
        DbException refused = null;
        while (refused == null) {
            final int mark = undo.mark();
            try {
                world.fill(page, 2);
                writes++;
            } catch (final DbException e) {
                refused = e;
                assertEquals(mark, undo.mark());
            }
        }
        assertEquals(ErrorCode.LIMIT_EXCEEDED, refused.code());
        final int withoutBytes = 1; // the first: the page's other half has them
        assertEquals(withoutBytes + (UndoLog.MAX_BYTES - 16) / (PageWorld.PAGE_BYTES + 16), writes);
        final List<String> told = new ArrayList<>();
        undo.saveAction(() -> told.add("structure changes still find room"));
        undo.rollback(0);
        assertEquals(1, told.size());
        assertArrayEquals(world.filled(1), world.bytes(world.store(), page));
    }

    @Test
    void shouldForgetOwnersWhenATransactionEnds() {
        for (int i = 0; i < 100_000; i++) {
            undo.saveAction(() -> {});
            undo.rollback(0);
        }
        assertEquals(0, undo.own(this), "a refused transaction leaves nothing behind");
    }

    @Test
    void shouldPublishTheSameCountersWhileNothingChanges() {
        final Scalars scalars = new Scalars(world.epochs(), 2, dirty);
        assertEquals(true, dirty.takeDown());
        final long[] first = scalars.published();
        assertEquals(first, scalars.published());
        assertEquals(false, dirty.takeDown());
        scalars.set(0, 1);
        assertEquals(true, dirty.takeDown());
        assertArrayEquals(new long[] {0, 0}, first);
        assertArrayEquals(new long[] {1, 0}, scalars.published());
    }

    @Test
    void shouldRunActionsOfTheCommitUnlessTakenBack() {
        final List<Integer> told = new ArrayList<>();
        world.epochs().atCommit(() -> told.add(1));
        undo.clear();
        world.epochs().atCommit(() -> told.add(2));
        world.epochs().atCommit(() -> told.add(3));
        undo.rollback(0);
        world.epochs().atCommit(() -> told.add(4));
        world.commit();
        assertEquals(List.of(1, 4), told);
    }
}
