package io.taktdb.testrunner.server;

import io.taktdb.testrunner.plan.ServerSettings;
import java.io.IOException;

/** Starts a server process for each plan, on a free port, with a data folder that is removed in the end. */
public final class ChildServers implements ServerProvider {
    private final ServerCommand command;

    public ChildServers(final ServerCommand command) {
        this.command = command;
    }

    @Override
    public boolean givesOwnServers() {
        return true;
    }

    @Override
    public TestServer start(final ServerSettings settings) throws IOException {
        final ChildServer server = new ChildServer(command, settings, DataFolder.create());
        try {
            server.start();
            return server;
        } catch (final IOException e) {
            try {
                server.close();
            } catch (final IOException alsoNot) {
                e.addSuppressed(alsoNot); // the start is what matters
            }
            throw e;
        }
    }
}
