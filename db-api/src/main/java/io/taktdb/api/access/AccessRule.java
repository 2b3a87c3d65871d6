package io.taktdb.api.access;

import io.taktdb.api.http.Caller;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Who may call: the hosts and origins that are let in, and the tokens.
 *
 * <p>Threading: any thread; {@link #replaceTokens} takes effect with each connection's next request.
 */
public final class AccessRule {
    private final OriginRule origins;
    private final RateLimit rate;
    private final InstantSource clock;
    private volatile Tokens tokens;

    /**
     * @param clock says when tokens end
     */
    public AccessRule(final OriginRule origins, final Tokens tokens, final InstantSource clock) {
        this(origins, tokens, clock, RateLimit.NONE);
    }

    /**
     * The same with a limit.
     *
     * @param rate the most requests a second of one client
     */
    public AccessRule(final OriginRule origins, final Tokens tokens, final InstantSource clock, final RateLimit rate) {
        this.rate = rate;
        this.origins = origins;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Everything for everybody who calls by a loopback name: for servers that only this machine can reach. */
    public static AccessRule loopback() {
        return new AccessRule(OriginRule.loopback(), Tokens.NONE, InstantSource.system());
    }

    /** Which hosts and origins are let in. */
    public OriginRule origins() {
        return origins;
    }

    /**
     * Counts a request.
     *
     * @param address of the client, which counts where there is no token
     * @throws io.taktdb.types.error.DbException RATE_LIMITED
     */
    public void count(final Supplier<Caller> caller, final String address) {
        if (rate.isOn()) {
            final String name = caller.get().name();
            rate.take(name.isEmpty() ? address : "token " + name, System.nanoTime());
        }
    }

    /** The most requests a second of one client; 0 for no limit. */
    public int requestsPerSecond() {
        return rate.perSecond();
    }

    /** Whether callers need a token. */
    public boolean hasTokens() {
        return !tokens.isEmpty();
    }

    /**
     * Has other tokens hold from now on.
     *
     * @throws IllegalArgumentException there were some, and now there would be none: that would open the server
     */
    public void replaceTokens(final Tokens others) {
        if (hasTokens() && others.isEmpty()) {
            throw new IllegalArgumentException("tokens would open the server: count=0; leave at least one");
        }
        tokens = others;
    }

    Tokens tokens() {
        return tokens;
    }

    InstantSource clock() {
        return clock;
    }
}
