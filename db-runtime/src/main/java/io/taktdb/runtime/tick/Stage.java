package io.taktdb.runtime.tick;

/** The parts of a tick's work, in the order in which they run. */
public enum Stage {
    /** Commands are applied. */
    DRAIN,
    /** Schedules and systems run. */
    SYSTEMS,
    /** The state is published. */
    COMMIT,
    /** The journal gets the commit, and callers their answers. */
    ANSWER,
    /** Listeners hear of the tick. */
    LISTEN
}
