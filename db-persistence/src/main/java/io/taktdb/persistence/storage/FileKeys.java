package io.taktdb.persistence.storage;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that files are encrypted with: the first for new files, all of them to read. Each is 256 bits, written as 64
 * hexadecimal digits. A file names its key by an id that tells nothing of the key, and has a key of its own, derived
 * from that one and a random salt: so a nonce never comes twice under one key.
 *
 * <p>Threading: immutable.
 */
public final class FileKeys {
    /** No keys: new files are plain. */
    public static final FileKeys NONE = new FileKeys(List.of());

    /** The id of no key. */
    public static final long NO_KEY = 0;

    private static final int KEY_BYTES = 32;
    private static final String MAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<Long, byte[]> keys = new LinkedHashMap<>();
    private final long current;

    private FileKeys(final List<byte[]> all) {
        for (final byte[] key : all) {
            keys.put(idOf(key), key);
        }
        current = all.isEmpty() ? NO_KEY : idOf(all.get(0));
    }

    private static long idOf(final byte[] key) {
        return ByteBuffer.wrap(mac(key, "taktdb key id".getBytes(StandardCharsets.UTF_8)))
                        .getLong()
                | 1;
    }

    /**
     * Reads keys from a text: one per line or separated by commas; what follows # is a comment.
     *
     * @param source where the text comes from, for errors; the text itself is never shown
     * @throws IllegalArgumentException a key is not what it should be, or there is none
     */
    public static FileKeys parse(final String text, final String source) {
        final List<byte[]> all = new ArrayList<>();
        int line = 0;
        for (final String raw : text.split("[\n,]", -1)) {
            line++;
            final String key = raw.replaceFirst("#.*", "").strip();
            if (key.isEmpty()) {
                continue;
            }
            if (!key.matches("[0-9a-fA-F]{" + 2 * KEY_BYTES + "}")) {
                throw new IllegalArgumentException("not a key: source=" + source + ", entry=" + line + ", characters="
                        + key.length() + "; a key is " + 2 * KEY_BYTES + " hexadecimal digits");
            }
            all.add(HexFormat.of().parseHex(key));
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no key: source=" + source + "; give one per line, the newest first");
        }
        return new FileKeys(all);
    }

    /** A new random key as text. */
    public static String newKey() {
        final byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    /** The id of the key for new files; {@link #NO_KEY} when they are plain. */
    public long current() {
        return current;
    }

    /** Whether new files are encrypted. */
    public boolean isOn() {
        return current != NO_KEY;
    }

    /**
     * The key of one file.
     *
     * @param use what kind of file it is
     * @param salt of the file, random
     * @param file for the error
     * @throws DbException STORAGE_FAILED the key is not among these
     */
    public FrameSeal seal(final long keyId, final String use, final byte[] salt, final Path file) {
        final byte[] key = keys.get(keyId);
        if (key == null) {
            throw new DbException(
                            ErrorCode.STORAGE_FAILED,
                            "file is encrypted with a key that is not there: file=" + file + ", keyId="
                                    + Long.toHexString(keyId) + ", keys given=" + ids()
                                    + "; add that key to the encryption keys, behind the one for new files")
                    .with("file", file.toString());
        }
        final byte[] name = use.getBytes(StandardCharsets.UTF_8);
        final ByteBuffer info =
                ByteBuffer.allocate(name.length + salt.length).put(name).put(salt);
        return new FrameSeal(mac(key, info.array()));
    }

    private List<String> ids() {
        return keys.keySet().stream().map(Long::toHexString).toList();
    }

    private static byte[] mac(final byte[] key, final byte[] info) {
        try {
            final Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(info);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    @Override
    public String toString() {
        return isOn() ? "keys " + ids() : "off";
    }
}
