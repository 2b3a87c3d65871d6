package io.taktdb.testrunner.server;

import io.taktdb.testrunner.plan.ServerSettings;
import java.net.URI;

/** A server that somebody else runs: used as it is, never stopped. */
public final class GivenServer implements ServerProvider {
    private final URI url;

    public GivenServer(final URI url) {
        this.url = url;
    }

    @Override
    public boolean givesOwnServers() {
        return false;
    }

    @Override
    public TestServer start(final ServerSettings settings) {
        return new TestServer() {
            @Override
            public URI url() {
                return url;
            }

            @Override
            public void restart() {
                throw new IllegalStateException("a given server is not restarted: url=" + url);
            }

            @Override
            public void kill() {
                throw new IllegalStateException("a given server is not killed: url=" + url);
            }

            @Override
            public String log() {
                return "";
            }

            @Override
            public void close() {
                // it goes on
            }
        };
    }
}
