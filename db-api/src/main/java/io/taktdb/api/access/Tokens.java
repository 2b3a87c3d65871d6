package io.taktdb.api.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All tokens of a server. Threading: immutable. */
public final class Tokens {
    /** No tokens: everybody may do everything. */
    public static final Tokens NONE = new Tokens(List.of());

    /** The most tokens: each is looked at for each new one that a connection shows. */
    public static final int MAX_TOKENS = 1_000;

    private final List<Token> tokens;

    /**
     * @throws IllegalArgumentException too many, or two of one name
     */
    public Tokens(final List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
        if (tokens.size() > MAX_TOKENS) {
            throw new IllegalArgumentException("too many tokens: count=" + tokens.size() + ", limit=" + MAX_TOKENS);
        }
        final Set<String> names = new HashSet<>();
        for (final Token token : tokens) {
            if (!names.add(token.caller().name())) {
                throw new IllegalArgumentException(
                        "two tokens have one name: name=" + token.caller().name() + "; logs could not tell them apart");
            }
        }
    }

    /**
     * Reads lines; empty ones and those that start with {@code #} mean nothing.
     *
     * @throws IllegalArgumentException naming the line
     */
    public static List<Token> parse(final List<String> lines) {
        final List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).trim();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    tokens.add(Token.parse(line));
                } catch (final IllegalArgumentException e) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return tokens;
    }

    public boolean isEmpty() {
        return tokens.isEmpty();
    }

    public int count() {
        return tokens.size();
    }

    /** The token of a secret, or null. Looks at all of them, so that the time tells nothing. */
    Token find(final String secret) {
        final byte[] hash = Token.sha256(secret);
        Token found = null;
        for (final Token token : tokens) {
            if (token.isOf(hash)) {
                found = token;
            }
        }
        return found;
    }
}
