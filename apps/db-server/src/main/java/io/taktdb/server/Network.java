package io.taktdb.server;

import io.taktdb.api.access.AccessRule;
import io.taktdb.api.http.HttpLimits;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a server meets its clients.
 *
 * @param access who may call
 * @param limits what a client may use up
 * @param tokenFile file that the tokens are read from again when it changes
 * @param tokenSource makes the tokens of all sources, that file included
 */
record Network(AccessRule access, HttpLimits limits, Optional<Path> tokenFile, TokenSource tokenSource) {
    /** Loopback names, no tokens, every limit as it is by default. */
    static Network loopback() {
        return new Network(AccessRule.loopback(), new HttpLimits(), Optional.empty(), TokenSource.NONE);
    }
}
