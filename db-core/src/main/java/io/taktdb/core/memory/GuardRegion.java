package io.taktdb.core.memory;

/**
 * One range of off-heap bytes that the guard knows, with its last events.
 *
 * <p>Threading: state is volatile; events are for people and may miss one under a race.
 */
final class GuardRegion {
    private static final int EVENTS = 6;

    private final long address;
    private final long bytes;
    private final String name;
    private final String[] events = new String[EVENTS];
    private int eventCount;
    private volatile boolean live = true;
    private volatile boolean writable = true;

    GuardRegion(final long address, final long bytes, final String name) {
        this.address = address;
        this.bytes = bytes;
        this.name = name;
        note("allocated");
    }

    long bytes() {
        return bytes;
    }

    long end() {
        return address + bytes;
    }

    boolean isLive() {
        return live;
    }

    boolean isWritable() {
        return writable;
    }

    boolean contains(final long from, final long length) {
        return from >= address && length >= 0 && from + length <= address + bytes;
    }

    void writable(final boolean value, final String event) {
        writable = value;
        note(event);
    }

    void release() {
        if (!live) {
            throw new GuardException("released twice: " + describe());
        }
        live = false;
        note("released");
    }

    /** The memory is gone, whatever the region was used for. */
    void forget() {
        live = false;
    }

    String describe() {
        final StringBuilder text = new StringBuilder("page=")
                .append(name)
                .append(", start=")
                .append(Guard.hex(address))
                .append(", size=")
                .append(bytes)
                .append(", history=[");
        final int first = Math.max(0, eventCount - EVENTS);
        for (int i = first; i < eventCount; i++) {
            text.append(i == first ? "" : ", ").append(events[i % EVENTS]);
        }
        return text.append(']').toString();
    }

    private synchronized void note(final String event) {
        events[eventCount++ % EVENTS] = event + " by " + Thread.currentThread().getName();
    }
}
