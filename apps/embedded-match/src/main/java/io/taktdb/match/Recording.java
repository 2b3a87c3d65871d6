package io.taktdb.match;

import io.taktdb.core.state.State;
import io.taktdb.runtime.procedure.WorldModule;

/**
 * A recorded match: what every turn left, and a world that plays it. Threading: immutable.
 *
 * @param <S> what one turn leaves
 */
public interface Recording<S> {
    /** Its tables, and the procedure {@code match.turn}, which takes the {@code number} of a turn. */
    WorldModule world();

    /** How many turns there are, the start included. */
    int turns();

    /** What a turn left, as the file says. */
    S turn(int number);

    /** What a state shows, in the order of {@link #turn}. */
    S shown(State state);
}
