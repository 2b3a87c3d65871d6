package io.taktdb.core.table;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;

/** Stands before a table's watch and fails when a shared count of events runs out. Threading: none of its own. */
public final class FailingWatch implements RowWatch {
    /** Events left until one fails. */
    public static final class Countdown {
        private long left = Long.MAX_VALUE;

        public void start(final long events) {
            left = events;
        }

        private void step() {
            if (left-- == 0) {
                throw new DbException(ErrorCode.INTERNAL, "injected");
            }
        }
    }

    private final RowWatch watch;
    private final Countdown countdown;

    private FailingWatch(final RowWatch watch, final Countdown countdown) {
        this.watch = watch;
        this.countdown = countdown;
    }

    /** Puts a failing watch before that of a table. */
    public static void install(final Table table, final Countdown countdown) {
        table.watchBy(new FailingWatch(table.watch(), countdown));
    }

    @Override
    public void written(final Table table, final long id) {
        countdown.step();
        watch.written(table, id);
    }

    @Override
    public void begin() {
        watch.begin();
    }

    @Override
    public void deleted(final Table table, final long id) {
        countdown.step();
        watch.deleted(table, id);
    }

    @Override
    public void end() {
        countdown.step();
        watch.end();
    }

    @Override
    public void abandon() {
        watch.abandon();
    }
}
