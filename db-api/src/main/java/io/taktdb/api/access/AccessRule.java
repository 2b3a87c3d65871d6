package io.taktdb.api.access;

import java.time.InstantSource;

/**
 * Who may call: the hosts and origins that are let in, and the tokens.
 *
 * <p>Threading: any thread; {@link #replaceTokens} takes effect with each connection's next request.
 */
public final class AccessRule {
    private final OriginRule origins;
    private final InstantSource clock;
    private volatile Tokens tokens;

    /**
     * @param clock says when tokens end
     */
    public AccessRule(final OriginRule origins, final Tokens tokens, final InstantSource clock) {
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
