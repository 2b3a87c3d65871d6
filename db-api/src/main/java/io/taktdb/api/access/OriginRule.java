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
 * the request names, since no other origin is configured to be let in. Threading: immutable.
 */
public final class OriginRule {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> hosts;

    private OriginRule(final Set<String> hosts) {
        this.hosts = hosts;
    }

    /** Answers to the names of this machine's loopback interface only. */
    public static OriginRule loopback() {
        return new OriginRule(LOOPBACK);
    }

    /** Answers to the given host names, in lower case and without ports. */
    public static OriginRule hosts(final Set<String> hosts) {
        return new OriginRule(Set.copyOf(hosts));
    }

    /**
     * Lets the request pass or refuses it.
     *
     * @param authority host and port that the request names
     * @param origin the {@code Origin} header, or null
     * @throws DbException FORBIDDEN
     */
    public void check(final String authority, final String origin) {
        final String host = hostOf(authority);
        if (!hosts.contains(host)) {
            throw new DbException(
                            ErrorCode.FORBIDDEN,
                            "host is not one of this server: host=" + host + "; use localhost, 127.0.0.1 or [::1]")
                    .with("host", host);
        }
        if (origin != null && !isSameOrigin(authority, origin)) {
            throw new DbException(
                            ErrorCode.FORBIDDEN,
                            "origin is not allowed: origin=" + origin
                                    + "; pages of other origins may not call this server")
                    .with("origin", origin);
        }
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
