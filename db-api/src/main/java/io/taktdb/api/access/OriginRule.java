package io.taktdb.api.access;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.util.Locale;
import java.util.Set;

/**
 * The check that a browser was not tricked into speaking to this server.
 *
 * <p>{@code Host} must be one of the host names that the server answers to, with any port: a foreign name that was made
 * to resolve to this machine (DNS rebinding) is refused. {@code Origin}, if sent, must be the very host and port that
 * the request names, or one of the origins that are let in. Threading: immutable.
 */
public final class OriginRule {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts;
    private final Set<String> origins;

    private OriginRule(final Set<String> hosts, final Set<String> origins) {
        this.hosts = Set.copyOf(hosts);
        this.origins = Set.copyOf(origins);
    }

    /** Answers to the names of this machine's loopback interface only. */
    public static OriginRule loopback() {
        return new OriginRule(LOOPBACK, Set.of());
    }

    /** Answers to every name: for servers that ask for tokens, which a tricked browser does not have. */
    public static OriginRule anyHost() {
        return new OriginRule(Set.of(), Set.of());
    }

    /** Answers to the given host names, in lower case and without ports. */
    public static OriginRule hosts(final Set<String> hosts) {
        return new OriginRule(hosts, Set.of());
    }

    /** The same with these origins let in, each written as browsers do: {@code https://game.example:8443}. */
    public OriginRule withOrigins(final Set<String> allowed) {
        return new OriginRule(hosts, allowed);
    }

    /**
     * Lets the request pass or refuses it.
     *
     * @param authority host and port that the request names
     * @param origin the {@code Origin} header, or null
     * @return the origin if it is another one that is let in, else null
     * @throws DbException FORBIDDEN
     */
    public String check(final String authority, final String origin) {
        if (!hosts.isEmpty() && !hosts.contains(hostOf(authority))) {
            final String host = hostOf(authority);
            throw new DbException(
                            ErrorCode.FORBIDDEN,
                            "host is not one of this server: host=" + host + "; use "
                                    + (hosts.equals(LOOPBACK) ? "localhost, 127.0.0.1 or [::1]" : "the server's name"))
                    .with("host", host);
        }
        if (origin == null || isSameOrigin(authority, origin)) {
            return null;
        }
        if (!origins.contains(origin)) {
            throw new DbException(
                            ErrorCode.FORBIDDEN,
                            "origin is not allowed: origin=" + origin
                                    + "; pages of other origins may call this server only if --allow-origin lists them")
                    .with("origin", origin);
        }
        return origin;
    }

    private static boolean isSameOrigin(final String authority, final String origin) {
        return origin.equalsIgnoreCase("http://" + authority) || origin.equalsIgnoreCase("https://" + authority);
    }

    private static String hostOf(final String authority) {
        final int bracket = authority.indexOf(']');
        final int colon = authority.indexOf(':', Math.max(bracket, 0));
        return (colon < 0 ? authority : authority.substring(0, colon)).toLowerCase(Locale.ROOT);
    }
}
