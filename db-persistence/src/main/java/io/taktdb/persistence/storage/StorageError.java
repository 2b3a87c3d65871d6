package io.taktdb.persistence.storage;

import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The errors of stored data: a file that cannot be read or written, and one whose content is wrong. */
public final class StorageError {
    private StorageError() {}

    /**
     * STORAGE_FAILED: the file system refused.
     *
     * @param fact what could not be done, e.g. {@code snapshot could not be written}
     * @param advice what stays true and what to do
     */
    public static DbException failed(final String fact, final Path path, final IOException cause, final String advice) {
        return new DbException(
                        ErrorCode.STORAGE_FAILED,
                        fact + ": file=" + path + ", cause=" + reason(cause) + "; " + advice,
                        cause)
                .with("file", path.toString());
    }

    /** STORAGE_DAMAGED: the bytes of a file are not what was written. */
    public static DbException damaged(final Path file, final long offset, final String fact) {
        return new DbException(
                        ErrorCode.STORAGE_DAMAGED,
                        "stored data is damaged: file=" + file + ", offset=" + offset + ", cause=" + fact
                                + "; restore the file from a copy, or use another snapshot")
                .with("file", file.toString())
                .with("offset", offset);
    }

    /** Why a call failed, in words: many exceptions of the JDK say only the file's name. */
    static String reason(final IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileSystemException denied && denied.getReason() != null) {
            return denied.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
