package io.taktdb.api.access;

import io.taktdb.api.http.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tokens of every kind, and a clock that stands still. */
final class TestTokens {
    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    static final String READ = "read-secret-0123456789";
    static final String WRITE = "write-secret-0123456789";
    static final String ADMIN = "admin-secret-0123456789";
    static final String EXPIRED = "expired-secret-0123456789";
    static final String UNIT_ONLY = "unit-only-secret-0123456789";
    static final String OTHER_ORIGIN = "https://game.example";

    private TestTokens() {}

    static AccessRule rule() {
        final List<Token> tokens = new ArrayList<>(List.of(
                Token.of("reader", Role.READ, READ),
                Token.of("writer", Role.WRITE, WRITE),
                Token.of("boss", Role.ADMIN, ADMIN)));
        tokens.addAll(Tokens.parse(List.of(
                Token.of("old", Role.ADMIN, EXPIRED) + " expires=" + NOW,
                "# one that may touch a single table",
                Token.of("unit-bot", Role.WRITE, UNIT_ONLY) + " tables=unit")));
        return new AccessRule(
                OriginRule.loopback().withOrigins(Set.of(OTHER_ORIGIN)), new Tokens(tokens), InstantSource.fixed(NOW));
    }

    static String[] bearer(final String secret) {
        return new String[] {"Authorization", "Bearer " + secret};
    }
}
