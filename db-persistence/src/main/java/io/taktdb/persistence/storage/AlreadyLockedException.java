package io.taktdb.persistence.storage;

import java.io.IOException;
import java.nio.file.Path;

/** Somebody holds the lock that was wanted. */
public final class AlreadyLockedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String owner;

    /** @param owner the text that the holder left, empty when unknown */
    public AlreadyLockedException(final Path file, final String owner) {
        super("already locked: file=" + file + ", owner=" + owner);
        this.owner = owner;
    }

    /** What the holder says of itself; may be empty. */
    public String owner() {
        return owner;
    }
}
