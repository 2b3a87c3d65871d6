package io.taktdb.core.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.OnDelete;
import io.taktdb.types.schema.SchemaChange;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One world in the place of another: all of it, in one commit, or nothing. */
final class ReplaceTest {
    private final WorldFixture running = WorldFixture.of(
            SchemaChange.CreateTable.of("mob", FieldSpec.of("hp", "i32")),
            SchemaChange.CreateTable.of("note", FieldSpec.of("text", "string")));
    private final WorldFixture other = WorldFixture.of(
            SchemaChange.CreateTable.of("clan", FieldSpec.of("name", "string").asUnique()),
            SchemaChange.CreateTable.of(
                    "mob",
                    FieldSpec.of("name", "string"),
                    FieldSpec.of("clan", "u64").asOptional()),
            new SchemaChange.CreateRelation("mob", "clan", "clan", OnDelete.CASCADE),
            new SchemaChange.CreateIndex("mob", IndexSpec.ordered("by_name", "name")));

    @AfterEach
    void close() {
        other.close();
        running.close();
    }

    private void fill() {
        running.insert("mob", "hp", 5);
        running.insert("note", "text", "x".repeat(20_000));
        running.commit();
        other.insert("clan", "name", "red");
        other.insert("clan", "name", "blue");
        for (int i = 0; i < 3000; i++) {
            other.insert("mob", "name", "mob " + i + "y".repeat(i % 50), "clan", i % 2 == 0 ? 1 : null);
        }
        other.insertAt("mob", -7, "name", "z".repeat(30_000), "clan", 2);
        other.delete("mob", 17);
        other.commit();
    }

    @Test
    void shouldShowTheOtherWorldWhole() {
        fill();
        final String content = other.content();
        try (Lease before = running.database().lease();
                Lease leased = other.database().lease()) {
            final long hash = StateHash.of(before.state());
            final int mobs = running.table("mob").schema().id();
            running.database().replace(leased.state());
            assertEquals(content, running.content());
            assertEquals(hash, StateHash.of(before.state()), "who reads the old world goes on");
            try (Lease unpublished = running.database().lease()) {
                assertEquals(hash, StateHash.of(unpublished.state()), "nothing shows before the commit");
            }
            running.commit();
            try (Lease after = running.database().lease()) {
                assertEquals(StateHash.of(leased.state()), StateHash.of(after.state()));
                assertEquals(before.state().commit() + 1, after.state().commit());
            }
            assertEquals(hash, StateHash.of(before.state()));
            assertNull(running.database().tableById(mobs), "an id of the old world finds nothing in the new one");
        }
    }

    @Test
    void shouldKeepItsPromisesAfterwards() {
        fill();
        try (Lease leased = other.database().lease()) {
            running.database().replace(leased.state());
        }
        running.commit();
        running.refused(ErrorCode.CONFLICT, () -> running.insert("clan", "name", "red"), "red");
        running.refused(ErrorCode.CONFLICT, () -> running.insertAt("mob", 17, "name", "again"), "deleted");
        assertEquals(3001, running.insert("mob", "name", "next", "clan", null));
        running.delete("clan", 1);
        assertEquals(1502, running.ids("mob").size(), "half of them belonged to that clan");
        assertEquals(0, other.table("mob").rowOf(1), "the other world is on its own");
    }

    @Test
    void shouldBeTakenBackWithItsTransaction() {
        fill();
        final String before = running.content();
        final int mark = running.database().mark();
        try (Lease leased = other.database().lease()) {
            running.insert("mob", "hp", 6);
            running.database().replace(leased.state());
            running.insert("clan", "name", "green");
        }
        assertNotEquals(before, running.content());
        running.database().rollback(mark);
        assertEquals(before, running.content());
        running.commit();
        running.insert("mob", "hp", 7);
        assertEquals(List.of(1L, 2L), running.ids("mob"));
    }

    @Test
    void shouldChangeNothingWhenMemoryEnds() {
        fill();
        for (long allowed = 1 << 20; allowed < 6 << 20; allowed += 1 << 19) {
            final MemoryBudget budget = new MemoryBudget(allowed);
            try (Database small = new Database(budget, 0, 0);
                    Lease leased = other.database().lease()) {
                small.change(SchemaChange.CreateTable.of("mob", FieldSpec.of("hp", "i32")));
                small.commit(1);
                try {
                    small.replace(leased.state());
                } catch (final DbException e) {
                    assertEquals(ErrorCode.OUT_OF_MEMORY, e.code(), e.getMessage());
                    assertEquals(1, small.schema().tables().size());
                    small.commit(2);
                    small.commit(3);
                    assertEquals(0, small.table("mob").rowCount());
                }
            }
            assertEquals(0, budget.reservedBytes());
        }
    }
}
