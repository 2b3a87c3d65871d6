package io.taktdb.core.version;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.taktdb.core.memory.GuardException;
import io.taktdb.core.memory.Memory;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.testing.OffHeapLeakCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OffHeapLeakCheck.class)
class BlockStoreTest {
    private final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
    private final Epochs epochs = new Epochs(budget, 1);
    private final BlockStore blocks = new BlockStore(epochs, "test.block", new DirtyFlag());

    @AfterEach
    void close() {
        blocks.close();
        epochs.close();
        assertEquals(0, budget.reservedBytes());
    }

    private PageDirectory commit() {
        epochs.undo().clear();
        epochs.sealing();
        final PageDirectory directory = blocks.publish();
        epochs.published();
        return directory;
    }

    private int create(final int value) {
        final int block = blocks.create(10_000);
        Memory.putInt(blocks.address(block), value);
        return block;
    }

    @Test
    void shouldKeepADroppedBlockWhileALeaseSeesIt() {
        final int block = create(42);
        final PageDirectory directory = commit();
        epochs.slots().claim();
        epochs.slots().reading(0, 1);
        blocks.drop(block);
        commit();
        commit();
        assertEquals(42, Memory.getInt(directory.address(block)));
        assertEquals(10_000, budget.reservedBytes());
        epochs.slots().leave(0);
        commit();
        assertEquals(0, budget.reservedBytes());
        assertThrows(GuardException.class, () -> Memory.getInt(directory.address(block)));
    }

    @Test
    void shouldUseANumberAgainOnlyAfterTheCommit() {
        final int first = create(1);
        commit();
        blocks.drop(first);
        assertEquals(1, create(2));
        commit();
        assertEquals(first, create(3));
        assertEquals(2, create(4));
    }

    @Test
    void shouldShowTheOldBlocksWhenRolledBack() {
        final int kept = create(1);
        commit();
        blocks.drop(kept);
        final int made = create(2);
        blocks.drop(made);
        epochs.undo().rollback(0);
        assertEquals(1, Memory.getInt(blocks.address(kept)));
        assertEquals(0, blocks.address(made));
        assertEquals(10_000, budget.reservedBytes());
        assertEquals(made, create(5), "its number is free");
        commit();
        assertEquals(20_000, budget.reservedBytes());
    }

    @Test
    void shouldEndABlockThatWasMadeAndDroppedInOneVersion() {
        blocks.drop(create(1));
        commit();
        assertEquals(0, budget.reservedBytes());
        assertEquals(0, create(2));
    }

    @Test
    void shouldGiveLaterBlocksTheNumbersThatAStoredTableLeftOut() {
        blocks.place(2, 100);
        blocks.place(4, 100);
        assertEquals(5, blocks.count());
        assertEquals(3, create(1));
        assertEquals(1, create(1));
        assertEquals(0, create(1));
        assertEquals(5, create(1));
    }

    @Test
    void shouldCatchWritesIntoPublishedBlocks() {
        final int block = create(1);
        commit();
        assertThrows(GuardException.class, () -> Memory.putInt(blocks.address(block), 2));
    }
}
