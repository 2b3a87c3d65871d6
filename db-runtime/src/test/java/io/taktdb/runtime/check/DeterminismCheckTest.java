package io.taktdb.runtime.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.types.value.ValueKind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The kit finds what it is for, and nothing else. */
class DeterminismCheckTest {
    private static void plant(final long tick, final TaktDb db) {
        if (tick % 3 == 0) {
            final CommandWriter command = new CommandWriter();
            command.beginCall("plant");
            command.row().field(0).putScalar(ValueKind.I64, tick);
            command.endRow();
            assertFalse(db.send(command).isDone(), "the tick brings the answer");
        }
    }

    @Test
    void shouldFindNothingWhenTheWorldIsFaithful() {
        final DeterminismCheck check = new DeterminismCheck(() -> new CountingWorld(Long.MAX_VALUE))
                .ticks(90)
                .every(30)
                .script(DeterminismCheckTest::plant);
        check.require();
        assertEquals(Optional.empty(), check.run());
    }

    @Test
    void shouldNameTickTableAndRowWhenRunsDiffer() {
        final DeterminismCheck check = new DeterminismCheck(() -> new CountingWorld(37))
                .ticks(90)
                .every(30)
                .workers(1)
                .script(DeterminismCheckTest::plant);
        final Difference found = check.run().orElseThrow();
        assertEquals(37, found.tick());
        assertEquals("cell", found.table());
        assertEquals(2_000, found.id());
        assertTrue(found.reference().startsWith("value="), found::reference);
        assertFalse(found.reference().equals(found.other()), found::toString);
        final AssertionError error = assertThrows(AssertionError.class, check::require);
        assertTrue(error.getMessage().contains("tick=37, table=cell, id=2000"), error::getMessage);
    }

    @Test
    void shouldNameTheRecordThatOnlyOneRunHas() {
        final long[] runs = {0};
        final Difference found = new DeterminismCheck(() -> new CountingWorld(Long.MAX_VALUE))
                .ticks(10)
                .every(1)
                .workers(1)
                .script((tick, db) -> {
                    if (tick == 5 && runs[0]++ == 0) {
                        plant(6, db);
                    }
                })
                .run()
                .orElseThrow();
        assertEquals(5, found.tick());
        assertEquals(CountingWorld.ROWS + 1L, found.id());
        assertEquals("no such record", found.other());
    }
}
