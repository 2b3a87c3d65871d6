package io.taktdb.runtime.tick;

import io.taktdb.core.accessor.Chunk;
import io.taktdb.core.accessor.ChunkAccessors;
import io.taktdb.core.accessor.KernelCopies;
import io.taktdb.core.layout.TableLayout;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.core.version.KernelPages;
import io.taktdb.runtime.procedure.SystemBody;
import io.taktdb.runtime.procedure.SystemContext;
import io.taktdb.runtime.procedure.SystemPlan;
import io.taktdb.runtime.procedure.SystemSpec;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.Field;
import io.taktdb.types.schema.IndexSchema;
import io.taktdb.types.schema.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One system bound to the layout that its table has now.
 *
 * <p>Writes whole columns in place: pages are opened chunk by chunk by the workers that run on them. A body that throws
 * takes back this run, is reported, and runs again in the next tick.
 *
 * <pre>
 *   begin ► run, each chunk once, on any worker ► end
 * </pre>
 *
 * <p>Threading: tick thread; {@link #run} any worker.
 */
final class SystemRun<C extends Chunk> {
    private static final Logger LOG = LoggerFactory.getLogger(SystemRun.class);
    private static final long REPORT_EVERY_NS = 1_000_000_000L;

    private final Database database;
    private final int workers;
    private final SystemPlan<C> plan;
    private final SystemSpec<C> system;
    private final SystemEffects effects;
    private final KernelCopies<SystemBody<C>> bodies;
    private final List<C> flyweights = new ArrayList<>();
    private final List<long[]> addresses = new ArrayList<>();
    private Table table;
    private TableLayout layout;
    private ChunkAccessors<C> accessors;
    private SystemBody<C> body;
    private KernelPages[] kernels;
    private long[][] marks;
    private final AtomicLong busyNs = new AtomicLong();
    private SystemContext context;
    private Throwable failure;
    private int chunks;
    private int planned;
    private long nsPerChunk;
    private long reportedNs;
    private long failures;

    SystemRun(final Database database, final int workers, final SystemPlan<C> plan) {
        this.database = database;
        this.workers = workers;
        this.plan = plan;
        this.system = plan.spec();
        this.effects = new SystemEffects(database, plan, workers);
        this.bodies = new KernelCopies<>(SystemBody.class, system.body());
    }

    /**
     * Prepares the run of a tick.
     *
     * @return how many chunks are to be run; 0 when there is nothing to do, or it failed
     */
    int begin(final SystemContext newContext) {
        context = newContext;
        failure = null;
        chunks = 0;
        planned = 0;
        busyNs.set(0);
        try {
            if (bind()) {
                chunks = (int) ((table.rowCount() + layout.rowsPerChunk() - 1) >>> layout.chunkShift());
                for (; planned < kernels.length; planned++) {
                    if (kernels[planned] != null) {
                        kernels[planned].plan(chunks);
                    }
                }
                effects.begin(chunks);
            }
        } catch (final Throwable e) {
            fail(e);
            chunks = 0;
        }
        return chunks;
    }

    /** Chunks of the newest run. */
    int chunks() {
        return chunks;
    }

    /** What the run will take on one thread, going by earlier ones. */
    long expectedNs() {
        return nsPerChunk * chunks;
    }

    /** Runs one chunk. Any worker; never throws. */
    void run(final int worker, final int chunk) {
        final long startNs = System.nanoTime();
        try {
            runChunk(worker, chunk);
        } catch (final Throwable e) {
            fail(e);
        }
        busyNs.getAndAdd(System.nanoTime() - startNs);
    }

    private synchronized void fail(final Throwable thrown) {
        if (failure == null) {
            failure = thrown;
        }
    }

    /**
     * Ends the run: its rows are kept, its effects applied; or all is taken back.
     *
     * @param number of its transaction within the tick
     * @return whether the run stands
     */
    boolean end(final long number) {
        if (failure == null && chunks > 0) {
            measure();
            try {
                if (plan.hasEffects()) {
                    effects.apply(context, chunks, number);
                }
                keep();
            } catch (final Throwable e) {
                fail(e);
            }
        }
        if (failure != null) {
            revert(Math.min(planned, kernels == null ? 0 : kernels.length - 1));
            report(context.tick(), failure);
        }
        database.settle();
        return failure == null;
    }

    /** What the newest run died of, or null. */
    Throwable failure() {
        return failure;
    }

    /** How long its chunks ran in the newest tick, on all workers together. */
    long busyNs() {
        return busyNs.get();
    }

    private boolean bind() {
        if (database.schema().table(system.table()) == null) {
            return false;
        }
        final Table now = database.table(system.table());
        if (now != table || now.layout() != layout) {
            bindTo(now);
        }
        return table.rowCount() > 0;
    }

    private void bindTo(final Table now) {
        final ChunkAccessors<C> wanted = ChunkAccessors.of(system.chunk(), now.layout());
        requireNotIndexed(now.schema(), wanted.writtenFields());
        for (final int position : wanted.writtenFields()) {
            now.writesPastIndexes(now.schema().fields().get(position).id());
        }
        if (wanted != accessors) {
            accessors = wanted;
            body = nextBody();
        }
        table = now;
        layout = now.layout();
        kernels = new KernelPages[layout.groups().size()];
        marks = new long[kernels.length][];
        for (final int field : accessors.writtenFields()) {
            final int group = layout.fields().get(field).group();
            kernels[group] = table.kernel(group);
            final long[] more = kernels[group].marksFor(layout.rangesOf(field));
            marks[group] = marks[group] == null ? new long[more.length] : marks[group];
            for (int word = 0; word < more.length; word++) {
                marks[group][word] |= more[word];
            }
        }
        flyweights.clear();
        addresses.clear();
        for (int worker = 0; worker < workers; worker++) {
            flyweights.add(accessors.create());
            // 16 more words, so that two workers' addresses never share a cache line
            addresses.add(Arrays.copyOf(new long[0], kernels.length + 16));
        }
        nsPerChunk = 0;
    }

    /** Systems write whole columns past the indexes. */
    private void requireNotIndexed(final TableSchema schema, final int[] writtenFields) {
        for (final int position : writtenFields) {
            final Field field = schema.fields().get(position);
            for (final IndexSchema index : schema.indexes()) {
                if (index.uses(field.id())) {
                    throw new DbException(
                            ErrorCode.CONFLICT,
                            "a system cannot write a field that is indexed: system=" + system.name() + ", table="
                                    + schema.name() + ", field=" + field.name() + ", index=" + index.name()
                                    + "; drop the index, or write the field in a procedure");
                }
            }
        }
    }

    /** Code of its own for a layout, so that the chunk's methods are compiled away in it. */
    private SystemBody<C> nextBody() {
        final SystemBody<C> next = bodies.next();
        if (bodies.problem() != null) {
            LOG.warn(
                    "system {} runs over a second layout with the code of the first: {}",
                    system.name(),
                    bodies.problem());
        }
        return next;
    }

    private void runChunk(final int worker, final int chunk) {
        final long[] pages = addresses.get(worker);
        for (int group = 0; group < kernels.length; group++) {
            pages[group] = kernels[group] == null
                    ? table.group(group).address(chunk)
                    : kernels[group].open(chunk, marks[group]);
        }
        final long first = (long) chunk << layout.chunkShift();
        final int rows = (int) Math.min(layout.rowsPerChunk(), table.rowCount() - first);
        final C flyweight = flyweights.get(worker);
        accessors.wrap(flyweight, pages, rows, first);
        body.run(plan.touchesMore() ? context.with(effects.of(worker, chunk)) : context, flyweight);
    }

    private void measure() {
        final long each = busyNs.get() / chunks;
        nsPerChunk = nsPerChunk == 0 ? each : (nsPerChunk * 7 + each) / 8;
    }

    private void keep() {
        for (final KernelPages kernel : kernels) {
            if (kernel != null) {
                kernel.keep();
            }
        }
    }

    private void revert(final int last) {
        for (int group = last; group >= 0; group--) {
            if (kernels != null && kernels[group] != null) {
                kernels[group].revert();
            }
        }
    }

    private void report(final long tick, final Throwable thrown) {
        failures++;
        final long nowNs = System.nanoTime();
        if (reportedNs == 0 || nowNs - reportedNs > REPORT_EVERY_NS) {
            reportedNs = nowNs;
            LOG.error(
                    "system {} failed in tick {}; this run is taken back: failures={}",
                    system.name(),
                    tick,
                    failures,
                    thrown);
        }
    }
}
