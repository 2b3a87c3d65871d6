package io.taktdb.persistence.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.persistence.WorldStore;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.persistence.disk.SimulatedDisk.Unforced;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.journal.JournalStatus;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.value.ValueKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the machine around a world may do to it: no room on the disk, a clock that jumps. */
class SurroundingsTest {
    @Test
    @Timeout(60)
    void shouldRefuseWritesWithoutRoomAndTakeThemOnceThereIsSome() {
        final SimulatedDisk disk = new SimulatedDisk();
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            world.add(1);
            disk.fullFrom(1);
            // the journal may have found out by itself, with a hash or a tick that it writes
            final RuntimeException thrown = assertThrows(RuntimeException.class, () -> world.add(2));
            final DbException lost = (DbException) (thrown instanceof CompletionException ? thrown.getCause() : thrown);
            assertTrue(lost.code() == ErrorCode.NOT_DURABLE || lost.code() == ErrorCode.READ_ONLY, lost::getMessage);
            final DbException refused = assertThrows(DbException.class, () -> world.add(3));
            assertEquals(ErrorCode.READ_ONLY, refused.code());
            final JournalStatus status = world.db().journalStatus();
            assertEquals(JournalStatus.Mode.READ_ONLY, status.mode());
            assertTrue(status.failure().contains("No space left on device"), status::failure);
            final long tick = world.db().status().tick();
            while (world.db().status().tick() <= tick) {
                LockSupport.parkNanos(1_000_000); // ticks go on
            }
            disk.heal();
            while (world.db().refusal() != null) {
                LockSupport.parkNanos(1_000_000);
            }
            world.add(4);
            assertTrue(world.values().containsAll(List.of(1L, 4L)));
        }
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            assertTrue(world.values().containsAll(List.of(1L, 4L)));
        }
    }

    private static TaktDb stepped(final WorldStore store, final long timeMicros) {
        final TaktDb db = TaktDb.openStepped(
                new TaktConfig(
                        LoopConfig.atRate(60).withWorkers(1),
                        new MemoryBudget(MemoryBudget.UNLIMITED),
                        List.of(new JournalledWorld.Module("1")),
                        store.world(),
                        store.journal()),
                timeMicros);
        store.start(db::lease);
        return db;
    }

    private static void add(final TaktDb db, final long value, final long timeMicros) {
        final CommandWriter command = new CommandWriter();
        command.beginCall("world.add");
        command.row().field(0).putScalar(ValueKind.I64, value);
        command.endRow();
        final var reply = db.send(command.ack(Ack.DURABLE));
        db.tick(timeMicros);
        reply.join();
    }

    private static List<Long> times(final TaktDb db) {
        final List<Long> times = new ArrayList<>();
        try (Lease lease = db.lease()) {
            final TableState table = lease.state().table("value");
            final RowReader row = table.reader();
            for (long id = 1; id <= table.rowCount(); id++) {
                row.require(id);
                times.add(row.getLong(table.schema().indexOf("at")));
            }
        }
        return times;
    }

    @Test
    @Timeout(60)
    void shouldNotGoBackInTimeWhenTheClockDoes() {
        final SimulatedDisk disk = new SimulatedDisk();
        final SimulatedDisk after;
        final WorldStore store = WorldStore.open(JournalledWorld.config(), disk, Clock.systemUTC());
        try (TaktDb db = stepped(store, 5_000_000)) {
            add(db, 1, 10_000_000);
            add(db, 2, 1_000_000); // nine seconds back
            add(db, 3, 90_000_000); // and a leap
            assertEquals(List.of(10_000_000L, 10_000_000L, 90_000_000L), times(db));
            db.stop();
            after = disk.crash(Unforced.LOST, new Random(1));
            store.close();
        }
        final WorldStore again = WorldStore.open(JournalledWorld.config(), after, Clock.systemUTC());
        try (TaktDb db = stepped(again, 2_000_000)) {
            add(db, 4, 2_000_000);
            assertEquals(List.of(10_000_000L, 10_000_000L, 90_000_000L, 90_000_000L), times(db));
            db.stop();
            again.close();
        }
    }
}
