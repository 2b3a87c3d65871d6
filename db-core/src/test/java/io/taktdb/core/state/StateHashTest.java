package io.taktdb.core.state;

import static io.taktdb.core.testing.Rows.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.table.Table;
import io.taktdb.core.testing.OffHeapLeakCheck;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.GroupLayout;
import io.taktdb.types.schema.SchemaChange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OffHeapLeakCheck.class)
class StateHashTest {
    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);

    @AfterEach
    void close() {
        database.close();
    }

    private Table create(final String name, final GroupLayout layout, final String cold) {
        database.change(new SchemaChange.CreateTable(
                name,
                List.of(
                        FieldSpec.of("hp", "i32"),
                        FieldSpec.of("name", "string").asOptional().inGroup(cold)),
                Map.of("main", layout),
                1_000));
        return database.table(name);
    }

    private long hash() {
        return StateHash.of(database.commit(1));
    }

    @Test
    void shouldNeverChangeBetweenReleases() {
        assertEquals(0L, hash(), "no tables");
        final Table unit = create("unit", GroupLayout.COLUMNS, null);
        assertEquals(0x97abb94bd3fc728bL, hash(), "an empty table");
        unit.writes().insert(1, row(unit.schema(), 100, "goblin"));
        unit.writes().insert(2, row(unit.schema(), -7, null));
        unit.writes().insert(3, row(unit.schema(), 0, "a name of more than twelve bytes"));
        assertEquals(
                0xa8b733f40f77959dL, hash(), "journals hold this number: a new way to compute it needs a new format");
    }

    @Test
    void shouldBeEqualWhenOrderAndLayoutDiffer() {
        final Table unit = create("unit", GroupLayout.COLUMNS, null);
        for (int id = 1; id <= 100; id++) {
            unit.writes().insert(id, row(unit.schema(), id, "unit number " + id));
        }
        final long expected = hash();
        try (Database other = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 77, 5)) {
            other.change(SchemaChange.CreateTable.of("other"));
            other.change(new SchemaChange.CreateTable(
                    "unit",
                    List.of(FieldSpec.of("health", "i32").inGroup("hot"), FieldSpec.of("name", "string")),
                    Map.of("main", GroupLayout.ROWS, "hot", GroupLayout.ROWS),
                    2_000));
            other.change(new SchemaChange.DropTable("other"));
            final Table same = other.table("unit");
            for (int id = 150; id >= 1; id--) {
                same.writes().insert(id, row(same.schema(), 5, "to be replaced"));
            }
            for (int id = 1; id <= 150; id++) {
                if (id > 100) {
                    same.writes().delete(id);
                } else {
                    same.writes().replace(id, row(same.schema(), id, "unit number " + id));
                }
            }
            assertEquals(expected, StateHash.of(other.commit(9)));
        }
    }

    @Test
    void shouldDifferWhenAnyContentDiffers() {
        final Table unit = create("unit", GroupLayout.ROWS, "cold");
        unit.writes().insert(1, row(unit.schema(), 1, "same"));
        unit.writes().insert(2, row(unit.schema(), 2, "same"));
        final long before = hash();
        final int mark = database.mark();
        unit.writes().merge(1, row(unit.schema(), 2));
        assertNotEquals(before, StateHash.of(List.copyOf(database.tables())), "a value");
        database.rollback(mark);
        unit.writes().merge(1, row(unit.schema(), 1, ""));
        final long empty = StateHash.of(List.copyOf(database.tables()));
        assertNotEquals(before, empty, "a text");
        unit.writes().merge(1, row(unit.schema(), 1, null));
        assertNotEquals(empty, StateHash.of(List.copyOf(database.tables())), "null is not the empty text");
        database.rollback(mark);
        unit.writes().delete(2);
        unit.writes().insert(3, row(unit.schema(), 2, "same"));
        assertNotEquals(before, StateHash.of(List.copyOf(database.tables())), "an id");
        database.rollback(mark);
        assertEquals(before, hash(), "taken back");
    }
}
