package io.taktdb.runtime.command;

import io.taktdb.core.state.State;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.procedure.CallWatch;
import io.taktdb.runtime.procedure.Client;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.Registry;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies commands to the running version, each as one transaction: it takes place whole, or is taken back whole.
 *
 * <p>Threading: tick thread.
 */
public final class CommandApplier {
    private static final Logger LOG = LoggerFactory.getLogger(CommandApplier.class);

    private final Database database;
    private final Registry registry;
    private final ProcedureContext context;
    private final CommandReader reader = new CommandReader();
    private final CommandReader entryReader = new CommandReader();
    private final ReplyWriter replies = new ReplyWriter();
    private final PatchApplier patches = new PatchApplier();
    private final PushApplier push;
    private final KeyWindow keys;
    private final WorldCalls world;
    private long restoredTick;

    /** Without a window: keys mean nothing. */
    public CommandApplier(final Database database, final Registry registry, final ProcedureContext context) {
        this(database, registry, context, null);
    }

    /**
     * @param keys where commands with keys are kept, or null
     */
    public CommandApplier(
            final Database database, final Registry registry, final ProcedureContext context, final KeyWindow keys) {
        this.keys = keys;
        this.database = database;
        this.registry = registry;
        this.context = context;
        this.push = new PushApplier(database);
        this.world = new WorldCalls(registry, context);
    }

    /** Applies one command. Never throws: what goes wrong is the submission's error, and nothing has changed then. */
    public void apply(final Submission submission, final long tick, final long timeMicros, final long number) {
        final int mark = database.mark();
        submission.number(number);
        final boolean isKeyed = keys != null && submission.key() != null;
        try {
            if (isKeyed && keys.answer(submission)) {
                return;
            }
            context.begin(tick, timeMicros, number);
            applyOne(reader.wrap(submission.command(), 0, submission.length()), submission, true);
            database.checkConstraints();
            submission.schema(database.schema());
            if (isKeyed) {
                keys.applied(submission);
            }
        } catch (final DbException e) {
            database.rollback(mark);
            submission.refuse(e);
        } catch (final Throwable e) {
            database.rollback(mark);
            submission.refuse(defect(e));
        }
        context.watch().end();
        database.settle();
    }

    /** What is told when a call takes too long. */
    public CallWatch watch() {
        return context.watch();
    }

    private static DbException defect(final Throwable e) {
        LOG.error("a command failed by a defect", e);
        return new DbException(ErrorCode.INTERNAL, "command failed: cause=" + e + "; see the server's log", e);
    }

    private void applyOne(final CommandReader in, final Submission out, final boolean batchAllowed) {
        final byte op = in.readByte();
        switch (op) {
            case CommandOp.INSERT -> insert(in, out);
            case CommandOp.REPLACE, CommandOp.MERGE, CommandOp.MERGE_PATCH, CommandOp.UPSERT -> update(op, in, out);
            case CommandOp.DELETE -> table(in).writes().delete(in.readLong());
            case CommandOp.PUSH -> push.apply(in, out, context.timeMicros());
            case CommandOp.CALL -> call(in, out);
            case CommandOp.SCHEMA -> database.change(SchemaChanges.read(in));
            case CommandOp.CLEAR -> out.result(table(in).writes().clear());
            case CommandOp.DELETE_WHERE -> out.result(DeleteWhere.apply(table(in), in));
            case CommandOp.RESTORE -> restore(out);
            case CommandOp.IF_SCHEMA -> {
                Conditions.requireSchema(in, database.schema());
                applyOne(in, out, batchAllowed);
            }
            case CommandOp.IF_RECORD -> {
                Conditions.requireRecord(in, table(in));
                applyOne(in, out, batchAllowed);
            }
            case CommandOp.AS -> {
                context.client(new Client(in.readText(), in.readLong()));
                applyOne(in, out, batchAllowed);
            }
            case CommandOp.LIFE, CommandOp.RUN_SCHEDULE, CommandOp.SKIP_SCHEDULE -> out.result(world.apply(op, in));
            case CommandOp.BATCH -> {
                if (!batchAllowed) {
                    throw new DbException(ErrorCode.INVALID_REQUEST, "a batch cannot hold a batch");
                }
                batch(in, out);
            }
            default -> throw new DbException(ErrorCode.INVALID_REQUEST, "unknown command: op=" + op);
        }
    }

    private Table table(final CommandReader in) {
        final int id = in.readInt();
        final Table table = database.tableById(id);
        if (table == null) {
            throw new DbException(
                    ErrorCode.TABLE_NOT_FOUND,
                    "table was dropped meanwhile: table id=" + id + "; read the schema again");
        }
        return table;
    }

    private void insert(final CommandReader in, final Submission out) {
        final Table table = table(in);
        final int rows = in.readCount();
        final RowReader written = table.reader();
        for (int i = 0; i < rows; i++) {
            final boolean hasId = in.readByte() != 0;
            final long given = in.readLong();
            final long id;
            try {
                if (hasId) {
                    id = given;
                    table.writes().insert(given, in.row());
                } else {
                    id = table.writes().insert(in.row());
                }
            } catch (final DbException e) {
                throw rows == 1 ? e : e.with("record", i);
            }
            in.endRow();
            replies.append(out, table, written.require(id));
        }
    }

    private void update(final byte op, final CommandReader in, final Submission out) {
        final Table table = table(in);
        final long id = in.readLong();
        if (op == CommandOp.MERGE) {
            table.writes().merge(id, in.row());
        } else if (op == CommandOp.MERGE_PATCH) {
            table.writes().merge(id, patches.resolve(table, id, in.row()));
        } else if (op == CommandOp.UPSERT && table.rowOf(id) < 0) {
            table.writes().insert(id, in.row());
        } else {
            table.writes().replace(id, in.row());
        }
        in.endRow();
        replies.append(out, table, table.reader().require(id));
    }

    private void call(final CommandReader in, final Submission out) {
        final String name = in.readText();
        out.result(world.call(name, in.row()));
        in.endRow();
    }

    private void restore(final Submission out) {
        final State world = out.world();
        if (world == null) {
            throw new DbException(
                    ErrorCode.INVALID_REQUEST, "the world that a restore brings is not there; restore it again");
        }
        database.replace(world);
        for (final CreateTable table : registry.tables()) {
            if (database.schema().table(table.table()) == null) {
                database.change(table);
            }
        }
        restoredTick = Math.max(restoredTick, world.tick());
    }

    /** What was applied since the last time is about to be published in the next commit. */
    public void committing(final long tick) {
        if (keys != null) {
            keys.commit(database.states().newest().commit() + 1, tick);
        }
    }

    /** The tick that the last restored world was in: the next tick comes after it. */
    public long restoredTick() {
        return restoredTick;
    }

    private void batch(final CommandReader in, final Submission out) {
        final int count = in.readCount();
        final List<Submission> results = new ArrayList<>();
        final IntArrayList writes = new IntArrayList();
        for (int i = 0; i < count; i++) {
            writes.addInt(database.unchecked());
            final int length = in.readCount();
            final Submission one = Submission.replayed(null, 0, null);
            try {
                entryReader.wrap(in.buffer(), in.position(), in.position() + length);
                applyOne(entryReader, one, false);
                one.schema(database.schema());
            } catch (final DbException e) {
                throw e.with("operation", i);
            }
            in.skip(length);
            results.add(one);
        }
        writes.addInt(database.unchecked());
        for (int i = 0; i < count; i++) {
            try {
                database.checkConstraints(writes.getInt(i), writes.getInt(i + 1));
            } catch (final DbException e) {
                throw e.with("operation", i);
            }
        }
        out.result(results);
    }
}
