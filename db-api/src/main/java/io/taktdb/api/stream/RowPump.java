package io.taktdb.api.stream;

import io.taktdb.core.state.State;
import io.taktdb.core.table.IdWalk;
import io.taktdb.core.table.RowReader;
import io.taktdb.core.table.TableState;
import io.taktdb.runtime.change.HeldState;
import java.time.Duration;

/**
 * The rows of one state as events, a piece at a time.
 *
 * <pre>
 *   {"tick":7,"commit":9,"rows":[{row},{row}],"done":false}     the last one has "done":true and carries the id
 * </pre>
 *
 * Threading: one thread.
 */
final class RowPump {
    /** The most rows that one step looks at. */
    static final int ROWS_PER_STEP = 1_000;

    /** How long the rows of one state may take: as long as it is held, its pages cannot be written again. */
    static final Duration MAX_HOLD = Duration.ofSeconds(60);

    private final HeldState held;
    private final RowSelection selection;
    private final RowReader reader;
    private final IdWalk walk;
    private final long startNs = System.nanoTime();
    private boolean hasRow;
    private boolean isDone;

    /**
     * @param held released by {@link #close}
     * @param selection of the thread's own
     */
    RowPump(final HeldState held, final TableState table, final RowSelection selection) {
        this.held = held;
        this.selection = selection;
        this.reader = table.reader();
        this.walk = table.walk();
        this.hasRow = walk.next();
    }

    /** The next event, or null when none of the rows looked at is selected. */
    StreamFrame step() {
        final State state = held.state();
        final int[] written = {0};
        final boolean[] last = {false};
        final StreamFrame frame = StreamFrame.of("snapshot", state.tick(), json -> {
            json.writeStartObject();
            json.writeNumberField("tick", state.tick());
            json.writeNumberField("commit", state.commit());
            json.writeArrayFieldStart("rows");
            for (int i = 0; i < ROWS_PER_STEP && hasRow; i++) {
                reader.seekRow(walk.row());
                if (selection.matches(reader)) {
                    selection.write(json, reader);
                    written[0]++;
                }
                hasRow = walk.next();
            }
            last[0] = !hasRow;
            json.writeEndArray();
            json.writeBooleanField("done", last[0]);
            json.writeEndObject();
        });
        isDone = last[0];
        return written[0] == 0 && !isDone ? null : isDone ? frame : frame.withoutId();
    }

    /** Whether the client takes longer than it may. */
    boolean isTooOld() {
        return System.nanoTime() - startNs > MAX_HOLD.toNanos();
    }

    /** Whether all rows were looked at. */
    boolean isDone() {
        return isDone;
    }

    /** Ends the hold on the state. */
    void close() {
        held.release();
    }
}
