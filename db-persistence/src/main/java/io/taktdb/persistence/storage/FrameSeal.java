package io.taktdb.persistence.storage;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and proves pieces of one file by AES-GCM: 256 bits of key, the piece's number as nonce, so that a piece is
 * only valid in its place. Threading: one thread.
 */
public final class FrameSeal {
    /** Bytes that a sealed piece is longer. */
    public static final int TAG_BYTES = 16;

    private static final int NONCE_BYTES = 12;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final Cipher cipher;

    FrameSeal(final byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        try {
            this.cipher = Cipher.getInstance(CIPHER);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + CIPHER, e);
        }
    }

    /**
     * Seals a piece.
     *
     * @param number of the piece, never given twice
     * @param proven bytes that are not hidden, but belong to the piece
     */
    public byte[] seal(final long number, final byte[] proven, final byte[] plain, final int from, final int length) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, nonce(number));
            cipher.updateAAD(proven);
            return cipher.doFinal(plain, from, length);
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt: piece=" + number, e);
        }
    }

    /** Opens a piece; null when it is not the one that was sealed. */
    public byte[] open(final long number, final byte[] proven, final byte[] sealed, final int from, final int length) {
        if (length < TAG_BYTES) {
            return null;
        }
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, nonce(number));
            cipher.updateAAD(proven);
            return cipher.doFinal(sealed, from, length);
        } catch (final AEADBadTagException e) {
            return null;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException("cannot decrypt: piece=" + number, e);
        }
    }

    private static AlgorithmParameterSpec nonce(final long number) {
        return new GCMParameterSpec(
                TAG_BYTES * Byte.SIZE,
                ByteBuffer.allocate(NONCE_BYTES).putLong(4, number).array());
    }
}
