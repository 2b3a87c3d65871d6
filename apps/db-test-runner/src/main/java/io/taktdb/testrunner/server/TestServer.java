package io.taktdb.testrunner.server;

import java.io.IOException;
import java.net.URI;

/** A running server that a plan speaks to. */
public interface TestServer extends AutoCloseable {
    /** {@code http://host:port}; another one after each restart. */
    URI url();

    /** Stops it cleanly and starts it again on the same data. */
    void restart() throws IOException;

    /** Kills it, without a chance to save, and starts it again on the same data. */
    void kill() throws IOException;

    /** The last lines that it printed, or empty. */
    String log();

    /**
     * Ends it, and removes what it left.
     *
     * @throws IOException it did not end cleanly
     */
    @Override
    void close() throws IOException;
}
