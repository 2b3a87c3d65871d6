package io.taktdb.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.taktdb.api.http.Role;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line of a token file means, and what is wrong with one. */
final class TokenTest {
    private static final String HASH = "sha256:" + "ab".repeat(32);

    @Test
    void shouldReadBackWhatItWroteWhenLineHasEverything() {
        final String line = "bot write " + HASH + " expires=2030-01-31T00:00:00Z tables=hero,unit";
        assertEquals(line, Token.parse("  " + line.replace(" ", "  ")).toString());
    }

    @Test
    void shouldFindTheTokenOfASecretAndNeverShowIt() {
        final String secret = Token.newSecret();
        final Token token = Token.of("bot", Role.READ, secret);
        final Tokens tokens = new Tokens(List.of(Token.of("a", Role.READ, Token.newSecret()), token));
        assertEquals(token, tokens.find(secret));
        assertNull(tokens.find(secret + "x"));
        assertNull(tokens.find(""));
        assertFalse(token.toString().contains(secret), token.toString());
        assertNotEquals(secret, Token.newSecret());
        assertNotNull(new Tokens(Tokens.parse(List.of(token.toString()))).find(secret));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bot write | words=2",
                "bot king HASH | role=king",
                "bot public HASH | role=public",
                "bot read my-secret-in-clear-text | not given by its hash",
                "bot read sha256:abcd | not given by its hash",
                "bot read sha256:xyz | not given by its hash",
                "bot read HASH expires=tomorrow | expires=tomorrow",
                "bot read HASH tables= | means nothing",
                "bot read HASH colour=red | means nothing",
                "bot admin HASH tables=unit | cannot be limited"
            })
    void shouldNameTheLineAndTheFaultWhenLineIsWrong(final String line, final String fault) {
        final IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> Tokens.parse(List.of("# tokens", "", line.replace("HASH", HASH))));
        assertTrue(e.getMessage().startsWith("line 3: "), e.getMessage());
        assertTrue(e.getMessage().contains(fault), e.getMessage());
        assertFalse(e.getMessage().contains("my-secret-in-clear-text"), e.getMessage());
    }

    @Test
    void shouldRefuseWhenNamesRepeatSecretsAreShortOrThereAreTooMany() {
        final Token token = Token.parse("bot read " + HASH);
        assertThrows(IllegalArgumentException.class, () -> new Tokens(List.of(token, token)));
        assertThrows(
                IllegalArgumentException.class, () -> new Tokens(Collections.nCopies(Tokens.MAX_TOKENS + 1, token)));
        assertThrows(IllegalArgumentException.class, () -> Token.of("bot", Role.READ, "short"));
        assertThrows(IllegalArgumentException.class, () -> Token.of("bot", Role.READ, "with space with space"));
    }

    @Test
    void shouldKeepTheTokensWhenReplacementsWouldOpenTheServer() {
        final AccessRule rule = TestTokens.rule();
        final Tokens before = rule.tokens();
        assertThrows(IllegalArgumentException.class, () -> rule.replaceTokens(Tokens.NONE));
        assertEquals(before, rule.tokens());
    }
}
