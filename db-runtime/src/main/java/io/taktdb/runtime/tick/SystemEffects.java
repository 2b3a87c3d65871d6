package io.taktdb.runtime.tick;

import io.taktdb.core.table.RowReader;
import io.taktdb.core.transaction.Database;
import io.taktdb.runtime.procedure.EffectContext;
import io.taktdb.runtime.procedure.Effects;
import io.taktdb.runtime.procedure.ProcedureContext;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.runtime.procedure.SystemPlan;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one system does beside its own rows: workers note it per chunk, the tick thread applies it chunk by chunk.
 *
 * <p>Threading: tick thread; what {@link #of} returns, its worker.
 */
final class SystemEffects {
    private final Database database;
    private final SystemPlan<?> plan;
    private final List<ChunkEffects> chunks = new ArrayList<>();
    private final List<WorkerEffects> workers = new ArrayList<>();
    private ProcedureContext procedures;
    private EffectContext context;

    SystemEffects(final Database database, final SystemPlan<?> plan, final int workerCount) {
        this.database = database;
        this.plan = plan;
        for (int i = 0; i < workerCount; i++) {
            workers.add(new WorkerEffects());
        }
    }

    /** A run over so many chunks begins. */
    void begin(final int count) {
        while (chunks.size() < count) {
            chunks.add(new ChunkEffects(plan.totalSlots()));
        }
        for (int i = 0; i < count; i++) {
            chunks.get(i).clear();
        }
        for (final WorkerEffects worker : workers) {
            worker.readers.clear();
        }
    }

    /** The effects of a worker, on a chunk. */
    Effects of(final int worker, final int chunk) {
        final WorkerEffects effects = workers.get(worker);
        effects.chunk = chunks.get(chunk);
        return effects;
    }

    /**
     * Applies all effects in the order of chunks, then the totals, as one transaction.
     *
     * @param number of the transaction within its tick, from which its random numbers come
     */
    void apply(final SystemContext now, final int count, final long number) {
        if (procedures == null) {
            procedures = new ProcedureContext(database, now.seed());
            context = new EffectContext(plan, procedures);
        }
        procedures.begin(now.tick(), now.timeMicros(), number);
        final int mark = database.mark();
        try {
            final long[] longs = new long[plan.totalSlots()];
            final double[] doubles = new double[plan.totalSlots()];
            for (int i = 0; i < count; i++) {
                applyChunk(chunks.get(i));
                chunks.get(i).addTo(longs, doubles);
            }
            if (plan.totalsBody() != null) {
                plan.totalsBody().apply(context, longs, doubles);
            }
            database.checkConstraints();
        } catch (final Throwable e) {
            database.rollback(mark);
            throw e;
        }
    }

    private void applyChunk(final ChunkEffects chunk) {
        for (int effect = 0; effect < chunk.count(); effect++) {
            plan.effectBody().apply(context, chunk.target(effect), chunk.value(effect));
        }
    }

    /** Notes what one worker's chunks do. */
    private final class WorkerEffects implements Effects {
        private final Map<String, RowReader> readers = new HashMap<>();
        private ChunkEffects chunk;

        @Override
        public void emit(final long target, final long value) {
            if (plan.effectBody() == null) {
                throw undeclared("effect");
            }
            chunk.emit(plan.spec().name(), target, value);
        }

        @Override
        public void sum(final int slot, final long value) {
            requireSlot(slot);
            chunk.sum(slot, value);
        }

        @Override
        public void sum(final int slot, final double value) {
            requireSlot(slot);
            chunk.sum(slot, value);
        }

        private void requireSlot(final int slot) {
            if (slot < 0 || slot >= plan.totalSlots()) {
                throw new DbException(
                        ErrorCode.CONFLICT,
                        "system adds to a total that it did not declare: system="
                                + plan.spec().name() + ", slot=" + slot + ", totals=" + plan.totalSlots()
                                + "; add .totals(...) to its plan");
            }
        }

        @Override
        public RowReader reader(final String table) {
            final RowReader known = readers.get(table);
            if (known != null) {
                return known;
            }
            if (!plan.readsTable(table)) {
                throw plan.undeclared("reads", table, null);
            }
            final RowReader reader = database.table(table).reader();
            readers.put(table, reader);
            return reader;
        }

        private DbException undeclared(final String what) {
            return new DbException(
                    ErrorCode.CONFLICT,
                    "system does what it did not declare: system=" + plan.spec().name() + ", missing=" + what
                            + "; add ." + what + "(...) to its plan");
        }
    }
}
