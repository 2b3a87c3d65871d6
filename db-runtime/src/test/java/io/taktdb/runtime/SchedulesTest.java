package io.taktdb.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.Garden.Note;
import io.taktdb.runtime.Garden.Which;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that a world makes to itself, later. */
class SchedulesTest {
    private final GardenWorld world = new GardenWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void shouldRunAgainAndAgainWhenScheduledEveryTicks() {
        final long id = world.plan("every", 3, "garden.note", "drip"); // in tick 1
        world.ticks(9);
        assertEquals(List.of("drip@4", "drip@7", "drip@10"), world.notes());
        assertEquals(true, world.call("garden.cancel", new Which(id)));
        world.ticks(9);
        assertEquals(3, world.notes().size());
        assertEquals(0, world.schedules());
        assertEquals(false, world.call("garden.cancel", new Which(id)));
    }

    @Test
    void shouldRunOnceWhenScheduledAtTickOrAfterTime() {
        world.plan("at", 5, "garden.note", "at");
        world.plan("after", 100, "garden.note", "after"); // in tick 2, 6 ticks of 16.7 ms
        world.ticks(10);
        assertEquals(List.of("at@5", "after@9"), world.notes());
        assertEquals(0, world.schedules(), "what runs once is gone then");
    }

    @Test
    void shouldGoOnAndTellWhyWhenScheduledCallFails() {
        world.plan("every", 2, "garden.wilt", "rose");
        world.plan("at", 4, "garden.wilt", "tulip");
        world.ticks(4);
        assertEquals(List.of(), world.notes(), "what failed was taken back");
        try (Lease lease = world.db().lease()) {
            final TableState table = lease.state().table("takt_schedule");
            assertEquals(1, table.rowCount(), "the one that ran once is gone");
            final RowReader row = table.reader().require(1);
            assertEquals(2, row.getLong(table.schema().indexOf("runs")));
            assertEquals(2, row.getLong(table.schema().indexOf("failures")));
            final String error = row.getString(table.schema().indexOf("last_error"));
            assertTrue(error.contains("procedure=garden.wilt") && error.contains("wilted: rose"), error);
        }
    }

    @Test
    void shouldRefuseScheduleThatCannotBe() {
        require(ErrorCode.INVALID_PARAMETER, "everyTicks=0, expected=1 or more", "every", 0, "garden.note");
        require(ErrorCode.INVALID_PARAMETER, "tick=1, expected=after the running one, tick=2", "at", 1, "garden.note");
        require(ErrorCode.INVALID_PARAMETER, "after=PT-0.001S, expected=0 or more", "after", -1, "garden.note");
        require(
                ErrorCode.PROCEDURE_NOT_FOUND,
                "procedure=garden.nte; did you mean garden.note?",
                "every",
                1,
                "garden.nte");
        require(ErrorCode.SCHEMA_MISMATCH, "Garden$Nothing, came=", "every", 1, "garden.spin");
        assertEquals(-1, world.schedules(), "not even the table was made");
    }

    private void require(
            final ErrorCode code, final String text, final String kind, final long value, final String procedure) {
        final DbException refusal = world.refusal("garden.plan", new Garden.Wish(kind, value, procedure, "x"));
        assertEquals(code, refusal.code(), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(text), refusal.getMessage());
    }

    @Test
    void shouldSkipWhatWasMissedAndStayOnTheGrid() {
        world.plan("every", 3, "garden.note", "drip"); // 4, 7, 10, ..
        world.plan("every", 1, "garden.note", "rain"); // 3, 4, 5, ..
        world.ticks(3);
        assertEquals(List.of("rain@3", "drip@4", "rain@4", "rain@5"), world.notes());
    }

    @Test
    void shouldCallByRowThatAClientInserted() {
        final long id = world.plan("at", 100, "garden.note", "far");
        assertEquals(1, id);
        assertEquals(1, world.schedules());
        world.call("garden.note", new Note("now"));
        assertEquals(List.of("now@2"), world.notes());
        assertFalse(world.notes().contains("far@2"));
    }
}
