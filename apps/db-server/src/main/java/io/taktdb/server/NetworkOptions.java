package io.taktdb.server;

import io.taktdb.api.access.AccessRule;
import io.taktdb.api.access.OriginRule;
import io.taktdb.api.access.RateLimit;
import io.taktdb.api.access.Tokens;
import io.taktdb.api.http.HttpLimits;
import io.taktdb.api.http.LimitTable;
import io.taktdb.api.server.Tls;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options of how a server meets its clients; a picocli mixin. Threading: the main thread. */
final class NetworkOptions {
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.\\-\\[\\]:]+");

    @Option(
            names = "--tokens",
            paramLabel = "FILE",
            description = "Tokens, one a line: NAME ROLE sha256:HEX [expires=INSTANT] [tables=A,B]; ROLE is read, write"
                    + " or admin. Read again when it changes. With tokens nobody gets in without one.")
    private Path tokenFile;

    @Option(
            names = "--token",
            paramLabel = "LINE",
            description = "One such line; may be given again. Secrets in clear text are taken from the environment"
                    + " only: TAKT_READ_TOKEN, TAKT_WRITE_TOKEN, TAKT_ADMIN_TOKEN.")
    private List<String> tokenLines = new ArrayList<>();

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description = "Let pages of this origin call, e.g. https://game.example; may be given again.")
    private List<String> origins = new ArrayList<>();

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description =
                    "Answer to this host name (with tokens: to no other); may be given again. Else, on loopback, to"
                            + " localhost, 127.0.0.1 and ::1; elsewhere to any.")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "The most requests a second of one token, or of one address; 0: no limit (default:"
                    + " ${DEFAULT-VALUE}).")
    private int rateLimit;

    @Option(
            names = "--limit",
            paramLabel = "NAME=N",
            description = "Change a limit of the front end, e.g. --limit connections=500 --limit outboundBytes=1048576;"
                    + " bytes, milliseconds or pieces. --print-config lists all of them.")
    private Map<String, Long> limits = new LinkedHashMap<>();

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Encrypt connections with this certificate (PEM, with those that signed it). Read again when"
                    + " it changes.")
    private Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its key (PEM, PKCS#8 without a password).")
    private Path key;

    /**
     * What the options say.
     *
     * @param bind where the server will listen
     * @throws IllegalArgumentException they are not valid, or would let everybody in
     */
    Network network(final InetAddress bind) {
        final TokenSource source = new TokenSource(tokenLines, Optional.ofNullable(tokenFile), System.getenv());
        final Tokens tokens = source.read();
        if (!bind.isLoopbackAddress() && tokens.isEmpty()) {
            throw new IllegalArgumentException("address is not loopback and there are no tokens: --bind="
                    + bind.getHostAddress() + "; without tokens only this machine may call: give --tokens FILE or set"
                    + " TAKT_ADMIN_TOKEN, or use 127.0.0.1 or ::1");
        }
        for (final String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException("not an origin: --allow-origin=" + origin
                        + "; write scheme, host and port as browsers do: https://game.example:8443");
            }
        }
        if (rateLimit < 0) {
            throw new IllegalArgumentException("rate is negative: --rate-limit=" + rateLimit + "; give 0 for no limit");
        }
        final OriginRule rule = hosts(bind).withOrigins(new TreeSet<>(origins));
        return new Network(
                new AccessRule(rule, tokens, InstantSource.system(), RateLimit.perSecond(rateLimit)),
                limits(),
                source.file(),
                source,
                tls(),
                certificate == null ? List.of() : List.of(certificate, key));
    }

    private HttpLimits limits() {
        final HttpLimits all = new HttpLimits();
        limits.forEach((name, value) -> LimitTable.set(all, name, value));
        return all;
    }

    private Optional<Tls> tls() {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a certificate needs its key: --tls-cert=" + certificate + ", --tls-key="
                    + key + "; give both or none");
        }
        return certificate == null ? Optional.empty() : Optional.of(new Tls(certificate, key));
    }

    private OriginRule hosts(final InetAddress bind) {
        if (hosts.isEmpty()) {
            return bind.isLoopbackAddress() ? OriginRule.loopback() : OriginRule.anyHost();
        }
        final TreeSet<String> names = new TreeSet<>();
        hosts.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
        return OriginRule.hosts(names);
    }
}
