package io.taktdb.runtime.tick;

import io.taktdb.core.transaction.Database;
import io.taktdb.core.transaction.SchemaPreparation;
import io.taktdb.runtime.command.SchemaChanges;
import io.taktdb.runtime.command.Submission;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import io.taktdb.types.schema.SchemaChange;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schema changes of large tables: what they need is made over many ticks, then they are applied like any command.
 *
 * <pre>
 *   takes ──► advance, in each tick and while the loop waits ──► takeReady ──► applied, journalled ──► ended
 * </pre>
 *
 * A change counts, and is journalled, in the commit in which it is applied, so a replay has it in the same place and
 * needs none of the preparation. Commands that come meanwhile are applied before it; schema changes keep their order.
 * Threading: tick thread, except {@link #progress}.
 */
final class SchemaWork {
    /** The most schema changes that wait; more are refused. */
    static final int MAX_WAITING = 64;

    /** A tick gives the preparation this part of its period. */
    static final int TICK_SHARE = 16;

    /** While the loop waits for the next tick, it prepares for so long before it looks for commands again. */
    static final long SLICE_NS = 200_000;

    /** A preparation that other changes of the schema make useless is begun anew so often; then all is made at once. */
    private static final int MAX_BEGINNINGS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(SchemaWork.class);

    private final Database database;
    private final Queue<Submission> waiting = new ArrayDeque<>();
    private SchemaPreparation preparation;
    private int beginnings;
    private boolean ready;
    private volatile SchemaProgress progress;

    SchemaWork(final Database database) {
        this.database = database;
    }

    /** Whether a command waits here from now on; if not, it may have been refused. */
    boolean takes(final Submission next) {
        if (!SchemaChanges.mayChange(next)) {
            return false;
        }
        if (waiting.isEmpty()) {
            preparation = begin(next);
            beginnings = 1;
            if (preparation == null) {
                return false;
            }
        } else if (waiting.size() >= MAX_WAITING) {
            next.refuse(new DbException(
                    ErrorCode.OVERLOADED,
                    "too many schema changes wait: waiting=" + waiting.size() + ", limit=" + MAX_WAITING
                            + "; wait for their answers"));
            return false;
        }
        waiting.add(next);
        note();
        return true;
    }

    /** A beginning; null when the change is applied at once, be it to be refused. */
    private SchemaPreparation begin(final Submission submission) {
        try {
            final List<SchemaChange> changes = SchemaChanges.of(submission, database.schema());
            return changes.isEmpty() ? null : SchemaPreparation.begin(database, changes);
        } catch (final DbException e) {
            return null; // applying it says why
        }
    }

    /** Whether there are changes that were not applied yet. */
    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Whether there is something to prepare. */
    boolean isBusy() {
        return !waiting.isEmpty() && !ready;
    }

    /** Prepares the first change until a time, a step at the least. */
    void advance(final long untilNs) {
        if (!isBusy()) {
            return;
        }
        try {
            if (preparation != null && preparation.isOutdated()) {
                preparation.end();
                preparation = null;
            }
            if (preparation == null && beginnings++ < MAX_BEGINNINGS) {
                preparation = begin(waiting.peek());
            }
            ready = preparation == null || preparation.advance(untilNs);
        } catch (final DbException e) {
            refuse(e);
        } catch (final RuntimeException | Error e) {
            LOG.error("a schema change failed by a defect", e);
            refuse(new DbException(
                    ErrorCode.INTERNAL, "schema change failed: cause=" + e + "; see the server's log", e));
        }
        note();
    }

    private void refuse(final DbException why) {
        waiting.peek().refuse(why);
        ready = true;
    }

    /** The first change is not waited for any more: what is not prepared is made when it is applied. */
    void hurry() {
        ready = !waiting.isEmpty();
    }

    /** The first change, if it is ready to be applied, or refused; null if not. Call {@link #ended} then. */
    Submission takeReady() {
        if (!ready) {
            return null;
        }
        ready = false;
        return waiting.poll();
    }

    /** The change that was taken is done with. */
    void ended() {
        if (preparation != null) {
            preparation.end();
            preparation = null;
        }
        beginnings = 0;
        note();
    }

    /** The first of those that wait, when nothing more is applied; null when there is none. */
    Submission abandon() {
        ready = false;
        return waiting.poll();
    }

    private void note() {
        progress = waiting.isEmpty()
                ? null
                : new SchemaProgress(
                        preparation == null ? List.of() : preparation.tables(),
                        preparation == null ? 0 : preparation.progress(),
                        waiting.size() - 1);
    }

    /** What is being prepared, or null; any thread. */
    SchemaProgress progress() {
        return progress;
    }
}
