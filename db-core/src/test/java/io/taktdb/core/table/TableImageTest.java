package io.taktdb.core.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.State;
import io.taktdb.core.state.StateHash;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.core.testing.Rows;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table's pages, stored and loaded; random tables are stored and loaded by the model test. */
@ExtendWith(OffHeapLeakCheck.class)
class TableImageTest {
    private final TestTable world = new TestTable(
            FieldSpec.of("n", "i32"),
            FieldSpec.of("text", "string").asOptional().inGroup("cold"));
    private final Table table = world.table();

    @AfterEach
    void close() {
        world.close();
    }

    /** Pages as lists of arrays by set; null is a page of dead ids. */
    private static List<List<byte[]>> store(final TableView table) {
        final List<List<byte[]>> sets = new ArrayList<>();
        for (final PageSet set : PageSet.of(table)) {
            final List<byte[]> pages = new ArrayList<>();
            for (int page = 0; page < set.count(); page++) {
                final byte[] bytes = set.bytes(page) == PageSet.DEAD ? null : new byte[set.bytes(page)];
                if (bytes != null && bytes.length > 0) {
                    set.copy(page, bytes);
                }
                pages.add(bytes);
            }
            sets.add(pages);
        }
        return sets;
    }

    private static TableImage.Source source(final List<List<byte[]>> sets) {
        return new TableImage.Source() {
            @Override
            public int count(final int set) {
                return sets.get(set).size();
            }

            @Override
            public byte[] page(final int set, final int page) {
                return sets.get(set).get(page);
            }
        };
    }

    private void load(final List<List<byte[]>> sets, final Consumer<Database> then) {
        final MemoryBudget budget = new MemoryBudget(MemoryBudget.UNLIMITED);
        try (Database loaded = new Database(budget, 10, 20)) {
            loaded.load(world.database().schema());
            loaded.table("t")
                    .load(new TableImage(table.layout().rowsPerChunk(), TableImage.scalarsOf(table), source(sets)));
            then.accept(loaded);
        }
        assertEquals(0, budget.reservedBytes());
    }

    private void fill() {
        for (int i = 0; i < 3_000; i++) {
            world.insert(i, i % 3 == 0 ? null : "text of row " + "x".repeat(i % 50));
        }
        world.insert(0, "y".repeat(20_000));
        world.insert(0, "z".repeat(1 << 20));
        world.insertAs(1L << 50, 1, "far");
        world.insertAs(-1L, 2, "last");
        for (long id = 1; id <= 1_200; id++) {
            table.writes().delete(id);
        }
        table.writes().delete(3_001);
        table.writes().delete(1L << 50);
    }

    @Test
    void shouldHoldTheSameWhenLoaded() {
        fill();
        final State before = world.database().commit(1);
        load(store(before.table("t")), loaded -> {
            final State after = loaded.commit(21);
            assertEquals(11, after.commit());
            assertEquals(StateHash.of(before), StateHash.of(after));
            assertArrayEquals(TableImage.scalarsOf(before.table("t")), TableImage.scalarsOf(after.table("t")));
            TableAudit.check(after.table("t"));
            TableAudit.check(loaded.table("t"));
        });
    }

    @Test
    void shouldGoOnWithTheNextIdAndKeepDeadIdsDead() {
        fill();
        load(store(table), loaded -> {
            final Table again = loaded.table("t");
            for (final long dead : new long[] {1, 512, 1_200, 3_001, 1L << 50}) {
                assertEquals(-1, again.rowOf(dead));
                final DbException refused = assertThrows(
                        DbException.class, () -> again.writes().insert(dead, Rows.row(again.schema(), 1, null)));
                assertTrue(refused.getMessage().contains("never used again"), refused.getMessage());
            }
            final long expected = world.insert(1, null);
            assertEquals(expected, again.writes().insert(Rows.row(again.schema(), 1, null)));
            final int blocks = again.blocks().count();
            again.writes().insert(Rows.row(again.schema(), 1, "w".repeat(9_000)));
            assertEquals(blocks, again.blocks().count(), "the number of the block that is gone");
            loaded.commit(21);
            TableAudit.check(again);
        });
    }

    @Test
    @Tag("sl_5:test_buffer_length_not_multiple_of_record_size")
    void shouldRefuseDamagedPages() {
        fill();
        final int main = 0;
        final int cold = 1;
        final int heap = 2;
        final List<Consumer<List<List<byte[]>>>> damages = List.of(
                sets -> sets.get(main).set(1, new byte[100]),
                sets -> sets.get(heap).set(0, new byte[1]),
                sets -> sets.get(main).remove(sets.get(main).size() - 1),
                sets -> sets.get(cold).remove(sets.get(cold).size() - 1),
                sets -> sets.get(cold).set(0, new byte[0]),
                sets -> sets.get(main).set(0, null),
                sets -> sets.get(cold).add(sets.get(cold).get(0)));
        for (int i = 0; i < damages.size(); i++) {
            final List<List<byte[]>> sets = store(table);
            damages.get(i).accept(sets);
            final String message = assertThrows(DbException.class, () -> load(sets, loaded -> {}), "damage " + i)
                    .getMessage();
            assertTrue(message.contains("damaged"), message);
        }
    }
}
