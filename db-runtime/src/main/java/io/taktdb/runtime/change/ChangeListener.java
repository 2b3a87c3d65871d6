package io.taktdb.runtime.change;

import io.taktdb.core.table.TableState;
import io.taktdb.types.error.DbException;

/**
 * Follows one table: first as a whole, then by what each tick changed.
 *
 * <pre>
 *   started ( ( tickBegins ( inserted | updated | deleted )* tickEnds | restarted )? tickPassed )* ended
 * </pre>
 *
 * Should the listeners be slower than the ticks, what several ticks changed comes as one. Threading: the feed's thread;
 * what takes long makes all listeners late, never the loop.
 */
public interface ChangeListener extends ChangeSink {
    /**
     * The state that all changes lead on from.
     *
     * @param state valid during the call, or until it is released if it is retained
     */
    void started(HeldState state, TableState table);

    /**
     * Something happened that changes of rows cannot tell: the table's fields are others now. What follows leads on
     * from this state.
     */
    void restarted(HeldState state, TableState table);

    /** The changes of a tick follow, which lead to a state. */
    void tickBegins(long tick, long commit, TableState table);

    /** The changes of the tick are complete. */
    void tickEnds();

    /**
     * A tick has passed, whether or not it changed anything in the table; also called once after {@link #started}.
     *
     * @param state that the next changes lead on from; valid during the call, or until released if it is retained
     */
    default void tickPassed(final HeldState state) {
        // most listeners care for changes only
    }

    /**
     * Nothing follows: the table was dropped, the listener threw, or the engine is closed.
     *
     * @param why never null
     */
    void ended(DbException why);
}
