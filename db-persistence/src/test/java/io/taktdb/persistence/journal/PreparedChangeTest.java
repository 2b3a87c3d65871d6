package io.taktdb.persistence.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.core.state.Lease;
import io.taktdb.core.table.TablePreparation;
import io.taktdb.persistence.disk.SimulatedDisk;
import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.json.SchemaJson;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.IndexSpec;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.Schema;
import io.taktdb.types.schema.SchemaChange.AddField;
import io.taktdb.types.schema.SchemaChange.CreateIndex;
import io.taktdb.types.value.RowWriter;
import io.taktdb.types.value.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A change of a large table that is prepared over many ticks, and a loss of power before and after it is made. */
class PreparedChangeTest {
    private static final int ROWS = (int) TablePreparation.MIN_ROWS + 500;

    private final SimulatedDisk disk = new SimulatedDisk();

    private static void fill(final JournalledWorld world) {
        final CommandWriter command = new CommandWriter();
        final Schema schema = schema(world);
        final int table = schema.requireTable("value").id();
        final int value = schema.requireTable("value").requireField("value").id();
        final int at = schema.requireTable("value").requireField("at").id();
        command.beginInsert(table, ROWS);
        for (int i = 0; i < ROWS; i++) {
            final RowWriter row = command.beginRow(false, 0);
            row.field(value).putScalar(ValueKind.I64, 1_000_000L + i);
            row.field(at).putScalar(ValueKind.of(ScalarType.TIMESTAMP), i);
            command.endRow();
        }
        world.db().send(command.ack(Ack.DURABLE)).join();
    }

    private static Schema schema(final JournalledWorld world) {
        try (Lease lease = world.db().lease()) {
            return lease.state().schema();
        }
    }

    private static CompletableFuture<Submission> change(final JournalledWorld world) {
        final CommandWriter command = new CommandWriter();
        command.putSchema(SchemaJson.changesToBytes(List.of(
                new AddField("value", FieldSpec.of("level", "u16").withDefault("7")),
                new CreateIndex("value", IndexSpec.unique("by_value", "value")))));
        return world.db().send(command.ack(Ack.DURABLE));
    }

    @Test
    void shouldHaveTheChangeWholeOrNotAtAllWhenPowerIsLostMeanwhile() {
        final List<SimulatedDisk> crashed = new ArrayList<>();
        final List<Boolean> answered = new ArrayList<>();
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            fill(world);
            final CompletableFuture<Submission> change = change(world);
            for (int i = 0; i < 3; i++) {
                answered.add(change.isDone());
                crashed.add(disk.crash(SimulatedDisk.Unforced.LOST, new Random(i)));
                world.add(i + 1);
            }
            change.join();
        }
        for (int i = 0; i < crashed.size(); i++) {
            try (JournalledWorld world = JournalledWorld.open(crashed.get(i))) {
                assertEquals(ROWS + i, world.values().size(), "what was acknowledged is there, and no more");
                final int fields = schema(world).requireTable("value").fields().size();
                final int indexes =
                        schema(world).requireTable("value").indexes().size();
                assertTrue(fields == 2 && indexes == 0 || fields == 3 && indexes == 1, fields + ", " + indexes);
                assertTrue(fields == 3 || !answered.get(i), "what was answered is there");
                if (fields == 2) {
                    change(world).join();
                }
                assertEquals(3, schema(world).requireTable("value").fields().size());
            }
        }
    }

    @Test
    void shouldReplayTheChangeWhereItWasMadeAmongTheWrites() {
        final SimulatedDisk crashed;
        final long hash;
        try (JournalledWorld world = JournalledWorld.open(disk)) {
            fill(world);
            final CompletableFuture<Submission> change = change(world);
            long value = 1;
            do {
                world.add(value++);
            } while (!change.isDone());
            assertTrue(change.join().commit() > 0);
            world.add(value);
            world.freeze();
            hash = world.stateHash();
            crashed = disk.crash(SimulatedDisk.Unforced.LOST, new Random(1));
        }
        final SimulatedDisk again = crashed.crash(SimulatedDisk.Unforced.KEPT, new Random(1));
        try (JournalledWorld world = JournalledWorld.open(crashed)) {
            assertFalse(schema(world).requireTable("value").indexes().isEmpty());
        }
        assertEquals(hash, Replays.hashAndCommit(again)[0]);
    }
}
