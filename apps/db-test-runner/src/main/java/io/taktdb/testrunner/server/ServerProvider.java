package io.taktdb.testrunner.server;

import io.taktdb.testrunner.plan.ServerSettings;
import java.io.IOException;

/** Where the servers of plans come from. */
public interface ServerProvider {
    /** Whether its servers are the plan's own: fresh, and free to be restarted. */
    boolean givesOwnServers();

    /**
     * A server that is ready.
     *
     * @throws IOException it did not get ready; the message says why
     */
    TestServer start(ServerSettings settings) throws IOException;
}
