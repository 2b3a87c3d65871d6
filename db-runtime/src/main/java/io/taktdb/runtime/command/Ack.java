package io.taktdb.runtime.command;

/** When a write is answered. */
public enum Ack {
    /** As the engine is configured: {@link #DURABLE} while a journal is on, else {@link #TICK}. */
    DEFAULT,
    /** At the commit, before the journal has it. */
    TICK,
    /** Once the journal is on the disk. */
    DURABLE
}
