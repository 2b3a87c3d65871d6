package io.taktdb.cli.input;

import io.taktdb.cli.exit.CliFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A server's file of tokens, one a line; lines that begin with {@code #} and empty ones stay as they are.
 *
 * <pre>
 *   NAME ROLE sha256:HEX [expires=2030-01-31T00:00:00Z] [tables=unit,hero]
 * </pre>
 *
 * The file is replaced whole, so that a server never reads half of it. Threading: one thread.
 */
public final class TokenFile {
    private static final int SECRET_BYTES = 32;
    private static final int FIRST_OPTION = 3;

    /** What a line says, without the hash. */
    public record Line(String name, String role, Map<String, String> options) {}

    private final Path file;

    public TokenFile(final Path file) {
        this.file = file;
    }

    /** The tokens in their order. */
    public List<Line> lines() {
        final List<Line> lines = new ArrayList<>();
        for (final String text : read()) {
            if (isToken(text)) {
                lines.add(line(text));
            }
        }
        return lines;
    }

    /**
     * Adds a token.
     *
     * @param expires, tables or null
     * @return its secret, which is not kept
     */
    public String add(final String name, final String role, final String expires, final String tables) {
        final List<String> all = Files.exists(file) ? read() : new ArrayList<>();
        if (all.stream().anyMatch(text -> isToken(text) && line(text).name().equals(name))) {
            throw CliFailure.localFile("token exists already: name=" + name + ", file=" + file
                    + "; revoke it first, or choose another name");
        }
        final byte[] random = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(random);
        final String secret = "takt_" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        all.add(name + ' ' + role + " sha256:" + sha256(secret) + (expires == null ? "" : " expires=" + expires)
                + (tables == null ? "" : " tables=" + tables));
        write(all);
        return secret;
    }

    /** Takes a token out. */
    public void remove(final String name) {
        final List<String> all = read();
        if (!all.removeIf(text -> isToken(text) && line(text).name().equals(name))) {
            throw CliFailure.localFile("no such token: name=" + name + ", file=" + file
                    + "; takt cli token list shows those that there are");
        }
        write(all);
    }

    private static boolean isToken(final String text) {
        return !text.isBlank() && !text.strip().startsWith("#");
    }

    private Line line(final String text) {
        final String[] words = text.strip().split("\\s+", -1);
        if (words.length < FIRST_OPTION) {
            throw CliFailure.localFile(
                    "line is no token: file=" + file + ", words=" + words.length + "; it reads NAME ROLE sha256:HEX");
        }
        final Map<String, String> options = new LinkedHashMap<>();
        for (int i = FIRST_OPTION; i < words.length; i++) {
            final int equals = words[i].indexOf('=');
            options.put(equals < 0 ? words[i] : words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        return new Line(words[0], words[1], options);
    }

    private List<String> read() {
        try {
            return new ArrayList<>(Files.readAllLines(file));
        } catch (final NoSuchFileException e) {
            throw CliFailure.localFile("no such file of tokens: file=" + file + "; takt cli token create makes it");
        } catch (final IOException e) {
            throw JsonArgument.unreadable(file.toString(), e);
        }
    }

    private void write(final List<String> lines) {
        final Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(part, lines, StandardCharsets.UTF_8);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            throw CliFailure.localFile("file cannot be written: file=" + file + ", reason=" + e.getMessage());
        }
    }

    private static String sha256(final String secret) {
        try {
            final byte[] bytes = secret.getBytes(StandardCharsets.ISO_8859_1);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
