package io.taktdb.bench.readers;

import io.taktdb.core.memory.MemoryBudget;
import io.taktdb.core.state.Reader;
import io.taktdb.core.state.State;
import io.taktdb.core.table.RowEditor;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.Table;
import io.taktdb.core.transaction.Database;
import io.taktdb.types.schema.FieldSpec;
import io.taktdb.types.schema.SchemaChange.CreateTable;
import io.taktdb.types.value.RowCursor;
import io.taktdb.types.value.RowWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.ExpandableArrayBuffer;

/**
 * Commit n sets both fields of every row to n; a state in which any field is another number is torn.
 *
 * <p>Threading: the caller publishes; readers are threads of their own.
 */
final class TornRows {
    private static final int ROWS = 16;

    private final long commits;
    private final int readers;
    private final Database database = new Database(new MemoryBudget(MemoryBudget.UNLIMITED), 0, 0);
    private final AtomicReference<String> torn = new AtomicReference<>();
    private final AtomicLong statesRead = new AtomicLong();
    private final AtomicLong distinctCommits = new AtomicLong();
    private volatile boolean done;

    TornRows(final int readers, final long commits) {
        this.readers = readers;
        this.commits = commits;
    }

    /** States that were read whole. */
    long statesRead() {
        return statesRead.get();
    }

    /** The most distinct commits that one reader saw. */
    long distinctCommits() {
        return distinctCommits.get();
    }

    /**
     * Runs to the end, or until something is torn. Every reader reads at least once.
     *
     * @return what was torn, or null
     */
    String run() throws InterruptedException {
        database.change(CreateTable.of(
                "pair",
                FieldSpec.of("a", "i64").withDefault("0"),
                FieldSpec.of("b", "i64").withDefault("0").inGroup("other")));
        final Table table = database.table("pair");
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int end = new RowWriter().wrap(buffer, 0).finish();
        for (int row = 0; row < ROWS; row++) {
            table.writes().insert(new RowCursor().wrap(buffer, 0, end));
        }
        database.commit(0);
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < readers; i++) {
            threads.add(new Thread(this::read, "reader-" + i));
        }
        threads.forEach(Thread::start);
        publish(table);
        done = true;
        for (final Thread thread : threads) {
            thread.join();
        }
        database.close();
        return torn.get();
    }

    private void publish(final Table table) {
        final RowEditor editor = table.editor();
        for (long commit = 1; commit <= commits && torn.get() == null; commit++) {
            for (int id = 1; id <= ROWS; id++) {
                editor.require(id).setLong(0, commit).setLong(1, commit);
            }
            database.commit(commit);
        }
    }

    private void read() {
        long last = -1;
        long distinct = 0;
        try (Reader reader = database.states().reader()) {
            do {
                final State state = reader.enter();
                check(state);
                distinct += state.tick() == last ? 0 : 1;
                last = state.tick();
                reader.exit();
                statesRead.incrementAndGet();
            } while (!done && torn.get() == null);
        } catch (final RuntimeException | Error e) {
            torn.compareAndSet(null, e.toString());
        }
        final long mine = distinct;
        distinctCommits.accumulateAndGet(mine, Math::max);
    }

    private void check(final State state) {
        final RowReader row = state.table("pair").reader();
        for (int id = 1; id <= ROWS; id++) {
            if (!row.seek(id) || row.getLong(0) != state.tick() || row.getLong(1) != state.tick()) {
                torn.compareAndSet(
                        null,
                        "row " + id + " of commit " + state.tick() + ": a=" + row.getLong(0) + ", b=" + row.getLong(1));
                return;
            }
        }
    }
}
