package io.taktdb.api.stream;

import io.taktdb.api.http.Link;
import io.taktdb.types.error.DbException;

/** Where a subscription's events go: a client, over whatever it speaks. Threading: the connection's event loop. */
public interface Sink {
    /** The connection. */
    Link link();

    /** Sends an event. */
    void send(Subscription subscription, StreamFrame frame);

    /** Nothing follows for a subscription; it is closed already. */
    void ended(Subscription subscription, DbException why);

    /** Says that so many more bytes wait in memory, fewer if negative. Returns whether that is within the limit. */
    boolean waits(long bytes);
}
