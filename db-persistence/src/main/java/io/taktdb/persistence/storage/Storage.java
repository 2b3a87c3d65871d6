package io.taktdb.persistence.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files and folders, by few calls.
 *
 * <p>Threading: any thread.
 */
public interface Storage {
    /** The machine's own file system. */
    static Storage disk() {
        return DiskStorage.INSTANCE;
    }

    /** The same, but its new files are encrypted if there are keys, and it reads plain and encrypted files. */
    static Storage encrypted(final Storage storage, final FileKeys keys) {
        return new EncryptedStorage(storage, keys);
    }

    /** The keys that files are encrypted with. */
    default FileKeys keys() {
        return FileKeys.NONE;
    }

    /** The storage that leaves bytes as they are. */
    default Storage raw() {
        return this;
    }

    /**
     * A new file to write.
     *
     * @throws java.nio.file.FileAlreadyExistsException there is one of this name
     */
    StorageFile create(Path file) throws IOException;

    /**
     * A file to read.
     *
     * @throws java.nio.file.NoSuchFileException there is none
     */
    StorageFile open(Path file) throws IOException;

    /** Makes a folder and those above it; fine if it is there. */
    void createFolder(Path folder) throws IOException;

    /** Whether there is a file or folder of this name. */
    boolean exists(Path path);

    /** Names in a folder, sorted; none when there is no such folder. */
    List<String> list(Path folder) throws IOException;

    /** Renames a file or folder atomically; a file that has the new name is replaced. */
    void rename(Path from, Path to) throws IOException;

    /**
     * Gives a file another name beside the one that it has; its bytes go with the last name.
     *
     * @throws IOException also if the file system has no such thing
     */
    void link(Path file, Path name) throws IOException;

    /** Deletes a file or an empty folder; fine if it is gone. */
    void delete(Path path) throws IOException;

    /** Makes the names in a folder durable: files made, renamed and deleted. */
    void forceFolder(Path folder) throws IOException;

    /**
     * Takes the lock that a file stands for, and writes a text about the owner into it.
     *
     * @return closes to give the lock back
     * @throws AlreadyLockedException another process, or this one, holds it
     */
    AutoCloseable lock(Path file, String owner) throws IOException;

    /** Deletes a folder and the files in it; fine if it is gone. */
    default void deleteFolder(final Path folder) throws IOException {
        for (final String name : list(folder)) {
            delete(folder.resolve(name));
        }
        delete(folder);
    }
}
