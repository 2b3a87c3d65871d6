package io.taktdb.server;

import io.taktdb.api.access.AccessRule;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.server.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a server meets its clients.
 *
 * @param access who may call
 * @param limits what a client may use up
 * @param tokenFile file that the tokens are read from again when it changes
 * @param tokenSource makes the tokens of all sources, that file included
 * @param tls with what connections are encrypted, if they are
 * @param tlsFiles files that it is read from again when one changes
 */
record Network(
        AccessRule access,
        HttpLimits limits,
        Optional<Path> tokenFile,
        TokenSource tokenSource,
        Optional<Tls> tls,
        List<Path> tlsFiles) {
    /** Loopback names, no tokens, every limit as it is by default. */
    static Network loopback() {
        return new Network(
                AccessRule.loopback(),
                new HttpLimits(),
                Optional.empty(),
                TokenSource.NONE,
                Optional.empty(),
                List.of());
    }
}
