package io.taktdb.api.access;

import io.taktdb.api.http.Caller;
import io.taktdb.api.http.Role;
import io.taktdb.types.schema.Names;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A secret that gives its holder a role. The secret itself is not kept, only its SHA-256: it is long and random, so
 * that it needs no slow hash. Written as one line:
 *
 * <pre>
 *   NAME ROLE sha256:HEX [expires=2030-01-31T00:00:00Z] [tables=unit,hero]
 * </pre>
 *
 * Threading: immutable.
 */
public final class Token {
    /** The shortest secret that is taken. */
    public static final int MIN_SECRET_LENGTH = 16;

    private static final int NEW_SECRET_BYTES = 32;
    private static final int HASH_BYTES = 32;
    private static final String HASH_PREFIX = "sha256:";
    private static final String EXPIRES = "expires=";
    private static final String TABLES = "tables=";

    private final Caller caller;
    private final byte[] hash;
    private final Instant end;

    private Token(final Caller caller, final byte[] hash, final Instant end) {
        this.caller = caller;
        this.hash = hash;
        this.end = end;
    }

    /**
     * A token of a secret, without an end.
     *
     * @throws IllegalArgumentException the secret is too short, or nothing that a header can carry
     */
    public static Token of(final String name, final Role role, final String secret) {
        if (secret.length() < MIN_SECRET_LENGTH || !secret.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException("token is not " + MIN_SECRET_LENGTH
                    + " or more visible ASCII characters: name=" + name + ", length=" + secret.length());
        }
        return new Token(Caller.of(name, role, Set.of()), sha256(secret), Instant.MAX);
    }

    /** A new random secret: 256 bits in letters that headers and shells leave alone. */
    public static String newSecret() {
        final byte[] random = new byte[NEW_SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        return "takt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException it is no such line; says what is wrong, and never repeats a secret
     */
    public static Token parse(final String line) {
        final String[] words = line.trim().split("\\s+");
        if (words.length < 3) {
            throw new IllegalArgumentException("token is not NAME ROLE sha256:HEX: words=" + words.length
                    + "; make one with --new-token NAME:ROLE");
        }
        final String name = Names.abbreviate(words[0]);
        final Role role = role(words[1]);
        final byte[] hash = hash(name, words[2]);
        Instant end = Instant.MAX;
        Set<String> tables = Set.of();
        for (final String option : List.of(words).subList(3, words.length)) {
            if (option.startsWith(EXPIRES)) {
                end = instant(name, option.substring(EXPIRES.length()));
            } else if (option.startsWith(TABLES) && option.length() > TABLES.length()) {
                tables = Set.copyOf(
                        Arrays.asList(option.substring(TABLES.length()).split(",")));
            } else {
                throw new IllegalArgumentException("token has a word that means nothing: name=" + name
                        + "; after the hash may follow expires=INSTANT and tables=A,B");
            }
        }
        if (role == Role.ADMIN && !tables.isEmpty()) {
            throw new IllegalArgumentException(
                    "token of an admin cannot be limited to tables: name=" + name + "; leave tables= out");
        }
        return new Token(Caller.of(name, role, tables), hash, end);
    }

    /**
     * The role of a word.
     *
     * @throws IllegalArgumentException it is none that a token can have
     */
    public static Role role(final String word) {
        for (final Role role : Role.values()) {
            if (role != Role.PUBLIC && role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "role is not known: role=" + Names.abbreviate(word) + "; write read, write or admin");
    }

    private static byte[] hash(final String name, final String word) {
        try {
            final byte[] hash = word.startsWith(HASH_PREFIX)
                    ? HexFormat.of().parseHex(word.substring(HASH_PREFIX.length()))
                    : new byte[0];
            if (hash.length == HASH_BYTES) {
                return hash;
            }
        } catch (final IllegalArgumentException e) {
            throw notAHash(name, e);
        }
        throw notAHash(name, null);
    }

    private static IllegalArgumentException notAHash(final String name, final Throwable cause) {
        return new IllegalArgumentException(
                "token is not given by its hash: name=" + name + "; write sha256: and 64 hexadecimal digits, as"
                        + " --new-token NAME:ROLE prints them",
                cause);
    }

    private static Instant instant(final String name, final String text) {
        try {
            return Instant.parse(text);
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(
                    "token's end is no instant: name=" + name + ", expires=" + Names.abbreviate(text)
                            + "; write e.g. 2030-01-31T00:00:00Z",
                    e);
        }
    }

    static byte[] sha256(final String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.ISO_8859_1));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether the secret of that hash is this one; takes as long for every answer. */
    boolean isOf(final byte[] otherHash) {
        return MessageDigest.isEqual(hash, otherHash);
    }

    boolean hasEnded(final InstantSource clock) {
        return !end.equals(Instant.MAX) && !clock.instant().isBefore(end);
    }

    Caller caller() {
        return caller;
    }

    /** The line that {@link #parse} reads. */
    @Override
    public String toString() {
        final StringBuilder line = new StringBuilder(caller.name())
                .append(' ')
                .append(caller.role().word())
                .append(' ')
                .append(HASH_PREFIX)
                .append(HexFormat.of().formatHex(hash));
        if (!end.equals(Instant.MAX)) {
            line.append(' ').append(EXPIRES).append(end);
        }
        if (!caller.tables().isEmpty()) {
            line.append(' ').append(TABLES).append(String.join(",", new TreeSet<>(caller.tables())));
        }
        return line.toString();
    }
}
