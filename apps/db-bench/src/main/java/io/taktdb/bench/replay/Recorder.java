package io.taktdb.bench.replay;

import io.taktdb.bench.world.Battle;
import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Lease;
import io.taktdb.core.state.State;
import io.taktdb.core.table.RowReader;
import io.taktdb.runtime.TaktConfig;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.CommandOp;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.runtime.journal.WorldSource;
import io.taktdb.runtime.tick.LoopConfig;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.ValueKind;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;

/** Runs a battle under random commands and records what its journal gets. Threading: one thread. */
final class Recorder {
    /** 2025-01-01T00:00:00Z in microseconds. */
    static final long START_MICROS = 1_735_689_600_000_000L;

    private static final long TICK_MICROS = 1_000_000 / 60;
    private static final int UNITS = 3_000;
    private static final int COMMANDS_PER_TICK = 110;
    private static final long SEED = 42;
    private static final String[] NAMES = {"Iğdır", "ISTANBUL", "straße", "Ωμέγα", "龍", "plain", ""};

    /** Commands on their way; what became of them is in the recording, or they were refused. */
    private final List<Future<?>> sent = new ArrayList<>();

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final long wanted;

    /**
     * @param wanted commands
     */
    Recorder(final long wanted) {
        this.wanted = wanted;
    }

    /** The world of the recording. */
    static Battle world() {
        return new Battle(UNITS);
    }

    /**
     * Records.
     *
     * @return ticks and commands
     */
    long[] record(final Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            final FileJournal journal = new FileJournal(out);
            final LoopConfig loop = LoopConfig.atRate(60).withWorkers(1).withHashTicks(0);
            try (TaktDb db = TaktDb.openStepped(
                    new TaktConfig(
                            loop, new MemoryBudget(MemoryBudget.UNLIMITED), List.of(world()), WorldSource.NEW, journal),
                    START_MICROS)) {
                long tick = 0;
                while (journal.commands() < wanted) {
                    send(db);
                    tick++;
                    db.tick(START_MICROS + tick * TICK_MICROS);
                    sent.clear();
                }
                return new long[] {tick, journal.commands()};
            }
        }
    }

    private void send(final TaktDb db) {
        try (Lease lease = db.lease()) {
            final State state = lease.state();
            final RowReader row = state.table(Battle.UNIT).reader();
            final long rows = state.table(Battle.UNIT).rowCount();
            final TableSchema unit = state.schema().requireTable(Battle.UNIT);
            for (int i = 0; i < COMMANDS_PER_TICK; i++) {
                row.seekRow(random.nextLong(rows));
                send(db, unit, row.id(), rows);
            }
        }
    }

    /** One of many commands; nobody waits for it. */
    private void send(final TaktDb db, final TableSchema unit, final long id, final long rows) {
        final int kind = random.nextInt(100);
        if (kind < 40) {
            final String name = NAMES[random.nextInt(NAMES.length)] + random.nextInt(1_000);
            sent.add(db.call("battle.order", new Battle.Order(id, name, speed(), speed())));
        } else if (kind < 60) {
            sent.add(db.call("battle.hit", new Battle.Hit(id, 1 + random.nextInt(60))));
        } else if (kind < 75) {
            update(db, unit, id);
        } else if (kind < 85 && rows > UNITS / 2) {
            final CommandWriter delete = new CommandWriter();
            delete.putDelete(unit.id(), id);
            sent.add(db.send(delete));
        } else if (rows < UNITS) {
            sent.add(db.call(
                    "battle.spawn", new Battle.Place(random.nextFloat(), random.nextFloat(), random.nextInt(2))));
        }
    }

    private float speed() {
        return random.nextFloat() * 6 - 3;
    }

    private void update(final TaktDb db, final TableSchema unit, final long id) {
        final CommandWriter merge = new CommandWriter();
        merge.beginUpdate(CommandOp.MERGE, unit.id(), id);
        merge.row()
                .field(unit.requireField("hp").id())
                .putScalar(ValueKind.of(ScalarType.I32), 1 + random.nextInt(200))
                .field(unit.requireField("name").id())
                .putString(NAMES[random.nextInt(NAMES.length)].repeat(1 + random.nextInt(4)));
        merge.endRow();
        sent.add(db.send(merge));
    }
}
