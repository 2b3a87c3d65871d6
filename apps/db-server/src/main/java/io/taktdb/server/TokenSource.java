package io.taktdb.server;

import io.taktdb.api.access.Token;
import io.taktdb.api.access.Tokens;
import io.taktdb.api.http.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the tokens come from: lines of the command line, secrets of the environment, a file.
 *
 * @param lines as {@link Token} writes them
 * @param environment variables by name
 */
record TokenSource(List<String> lines, Optional<Path> file, Map<String, String> environment) {
    /** No tokens. */
    static final TokenSource NONE = new TokenSource(List.of(), Optional.empty(), Map.of());

    private static final Map<String, Role> VARIABLES =
            Map.of("TAKT_READ_TOKEN", Role.READ, "TAKT_WRITE_TOKEN", Role.WRITE, "TAKT_ADMIN_TOKEN", Role.ADMIN);

    /**
     * All tokens, the file as it is now.
     *
     * @throws IllegalArgumentException naming what is wrong, and never a secret
     */
    Tokens read() {
        final List<Token> tokens = new ArrayList<>(parse("--token", lines));
        for (final Map.Entry<String, Role> variable : VARIABLES.entrySet()) {
            final String secret = environment.get(variable.getKey());
            if (secret != null && !secret.isEmpty()) {
                tokens.add(Token.of(variable.getKey(), variable.getValue(), secret));
            }
        }
        if (file.isPresent()) {
            final List<Token> fromFile = parse("--tokens=" + file.get(), linesOf(file.get()));
            if (fromFile.isEmpty()) {
                throw new IllegalArgumentException("file has no tokens: --tokens=" + file.get()
                        + "; write one a line, as --new-token NAME:ROLE prints them");
            }
            tokens.addAll(fromFile);
        }
        return new Tokens(tokens);
    }

    private static List<Token> parse(final String source, final List<String> text) {
        try {
            return Tokens.parse(text);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(source + ", " + e.getMessage(), e);
        }
    }

    private static List<String> linesOf(final Path path) {
        try {
            return Files.readAllLines(path);
        } catch (final IOException e) {
            throw new IllegalArgumentException("file of tokens cannot be read: --tokens=" + path + ", cause=" + e, e);
        }
    }
}
