package io.taktdb.runtime.tick;

/** When commands take effect. */
public enum CommitMode {
    /** As soon as they arrive, between ticks too. */
    ARRIVAL,
    /** On tick boundaries only. */
    TICK
}
