package io.taktdb.bench.movers;

import io.taktdb.bench.table.TableKernel;
import io.taktdb.core.state.Lease;
import io.taktdb.core.table.RowAccess;

/**
 * A table of TaktDB, each step a commit. With a slow reader, a lease always holds an old state: a new one is taken
 * every {@value #LEASE_COMMITS} commits, before the last one ends.
 */
public final class TableMovers extends Movers {
    private static final int LEASE_COMMITS = 16;

    private final MoverTable movers;
    private final boolean slowReader;
    private final TableKernel<MoverChunk> kernel;
    private final RowAccess<MoverChunk> rowAccess;
    private final long[] ids;
    private Lease lease;

    /**
     * @param slowReader whether a lease always holds an old state
     */
    public TableMovers(final int rows, final int moved, final boolean slowReader) {
        super(rows, moved);
        this.slowReader = slowReader;
        ids = new long[moved == rows ? 0 : moved];
        movers = new MoverTable(rows);
        kernel = new TableKernel<>(movers.table(), MoverChunk.class);
        rowAccess = movers.table().access(MoverChunk.class);
    }

    @Override
    void moveAll() {
        kernel.run(TableMovers::moveChunk);
        commit();
    }

    /** Kept from being inlined, like the user code that it stands for. */
    static void moveChunk(final MoverChunk chunk) {
        for (int k = 0; k < AXES * chunk.rows(); k++) {
            chunk.position(k, chunk.position(k) + chunk.velocity(k) * DT);
        }
    }

    @Override
    void moveSome(final int[] chosen) {
        for (int i = 0; i < chosen.length; i++) {
            ids[i] = chosen[i] + 1L;
        }
        rowAccess.editAll(ids, chosen.length, TableMovers::move);
        commit();
    }

    private static void move(final MoverChunk mover, final int row) {
        for (int k = AXES * row; k < AXES * (row + 1); k++) {
            mover.position(k, mover.position(k) + mover.velocity(k) * DT);
        }
    }

    private void commit() {
        final long commits = movers.commit();
        if (slowReader && commits % LEASE_COMMITS == 1) {
            final Lease before = lease;
            lease = movers.database().lease();
            if (before != null) {
                before.close();
            }
        }
    }

    @Override
    float position(final int row, final int axis) {
        return movers.position(row, axis);
    }

    /** Bytes of the pages that lead from ids to rows, twins included. */
    public long idMapBytes() {
        final int page = (Long.BYTES << 9) / 2 + 64; // 512 row numbers and their counts
        return (2L * page + 64) * movers.table().directIds().count();
    }

    @Override
    public long offHeapBytes() {
        return movers.database().reservedBytes();
    }

    @Override
    public void close() {
        if (lease != null) {
            lease.close();
        }
        movers.close();
    }
}
