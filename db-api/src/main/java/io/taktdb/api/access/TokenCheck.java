package io.taktdb.api.access;

import io.taktdb.api.http.Caller;
import io.taktdb.api.http.RequestHead;

/**
 * Tells who sends the requests of one connection. The last token that held is kept, since hashing costs as much as a
 * small request: the caller showed it on this connection before, so comparing with it tells nobody anything.
 *
 * <p>Threading: any; large requests are handled beside the event loop.
 */
public final class TokenCheck {
    private static final String SCHEME = "bearer ";

    private final AccessRule rule;
    private volatile Held held = new Held(Tokens.NONE, "", null);

    /** A token that was found, in which list, by which header. */
    private record Held(Tokens tokens, String header, Token token) {}

    public TokenCheck(final AccessRule rule) {
        this.rule = rule;
    }

    /** Who sends a request, as things are now; never null. */
    public Caller caller(final RequestHead head) {
        final Tokens tokens = rule.tokens();
        if (tokens.isEmpty()) {
            return Caller.EVERYONE;
        }
        final String header = head.headers().get("authorization");
        if (header == null) {
            return Caller.ANONYMOUS;
        }
        if (head.headers().count("authorization") > 1) {
            return Caller.UNKNOWN;
        }
        final Token token = find(tokens, header);
        if (token == null) {
            return Caller.UNKNOWN;
        }
        return token.hasEnded(rule.clock()) ? Caller.EXPIRED : token.caller();
    }

    private Token find(final Tokens tokens, final String header) {
        final Held last = held;
        if (last.tokens().equals(tokens) && last.header().equals(header)) {
            return last.token();
        }
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        final Token token = tokens.find(header.substring(SCHEME.length()).trim());
        if (token != null) {
            held = new Held(tokens, header, token);
        }
        return token;
    }
}
