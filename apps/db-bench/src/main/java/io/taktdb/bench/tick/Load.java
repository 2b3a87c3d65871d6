package io.taktdb.bench.tick;

import io.taktdb.core.state.Lease;
import io.taktdb.core.state.StateHash;
import io.taktdb.runtime.TaktDb;
import io.taktdb.runtime.command.Ack;
import io.taktdb.runtime.command.CommandOp;
import io.taktdb.runtime.command.CommandWriter;
import io.taktdb.types.error.DbException;
import io.taktdb.types.schema.ScalarType;
import io.taktdb.types.schema.TableSchema;
import io.taktdb.types.value.ValueKind;
import java.util.concurrent.locks.LockSupport;

/** What goes on beside the ticks of a case. Threading: a thread of its own; {@link #close} any. */
final class Load implements AutoCloseable {
    /** The kinds of load. */
    enum Kind {
        /** Nothing. */
        NONE,
        /** Updates of single records, 10,000 a second. */
        COMMANDS,
        /** Leases a state, reads and hashes every record as a snapshot does, and again. */
        SNAPSHOT
    }

    private static final int COMMANDS_PER_MS = 10;

    private final TaktDb db;
    private final Kind kind;
    private final Thread thread;
    private volatile boolean stopped;

    Load(final TaktDb db, final Kind kind) {
        this.db = db;
        this.kind = kind;
        thread = new Thread(kind == Kind.COMMANDS ? this::command : this::read, "load");
    }

    void start() {
        if (kind != Kind.NONE) {
            thread.start();
        }
    }

    private void command() {
        final TableSchema table = schema(db);
        long dueNs = System.nanoTime();
        int id = 0;
        while (!stopped) {
            for (int i = 0; i < COMMANDS_PER_MS; i++) {
                try {
                    db.submit(update(table, 1 + id++ % 1_000, id).toSubmission(done -> {}));
                } catch (final DbException e) {
                    LockSupport.parkNanos(this, 1_000_000); // the queue is full
                }
            }
            dueNs += 1_000_000;
            LockSupport.parkNanos(this, dueNs - System.nanoTime());
        }
    }

    private void read() {
        while (!stopped) {
            try (Lease lease = db.lease()) {
                StateHash.of(lease.state());
            }
        }
    }

    static TableSchema schema(final TaktDb db) {
        try (Lease lease = db.lease()) {
            return lease.state().schema().requireTable(MoverWorld.TABLE);
        }
    }

    /** The command that sets the hit points of a record. */
    static CommandWriter update(final TableSchema table, final long id, final int hp) {
        final CommandWriter command = new CommandWriter(64);
        command.beginUpdate(CommandOp.MERGE, table.id(), id);
        command.row().field(table.requireField("hp").id()).putScalar(ValueKind.of(ScalarType.I32), hp);
        command.endRow();
        return command.ack(Ack.TICK);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
