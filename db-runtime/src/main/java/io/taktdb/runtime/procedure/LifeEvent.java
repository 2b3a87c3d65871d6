package io.taktdb.runtime.procedure;

/** What happens to a world besides calls and ticks. The numbers are part of the journal's format: see {@link #code}. */
public enum LifeEvent {
    /** The engine started with the world. */
    OPENED(0),
    /** A client connected. */
    CONNECTED(1),
    /** A client has gone. */
    DISCONNECTED(2);

    private final int code;

    LifeEvent(final int code) {
        this.code = code;
    }

    /** The number in commands. */
    public int code() {
        return code;
    }

    /** The event of a number, or null. */
    public static LifeEvent of(final int code) {
        for (final LifeEvent event : values()) {
            if (event.code == code) {
                return event;
            }
        }
        return null;
    }
}
