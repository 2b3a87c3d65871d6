package io.taktdb.persistence.journal;

import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.storage.StorageError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder {@code journal}: which segments there are, and their names.
 *
 * <pre>
 *   00000000000000000007.journal     a segment; the number is its place
 *   00000000000000000008.new         not finished, of no worth; removed at the next start
 *   00000000000000000006.damaged     given up by --salvage; kept until somebody looks
 * </pre>
 *
 * A segment appears by one rename, with a valid header and its full size. Threading: one thread at a time.
 */
public final class SegmentCatalog {
    private static final Pattern SEGMENT = Pattern.compile("([0-9]{20})\\.journal");
    private static final String NEW = ".new";

    private final Storage storage;
    private final Path folder;

    /**
     * @param folder may not be there
     */
    public SegmentCatalog(final Storage storage, final Path folder) {
        this.storage = storage;
        this.folder = folder;
    }

    Storage storage() {
        return storage;
    }

    Path folder() {
        return folder;
    }

    static String name(final long number) {
        return String.format("%020d", number);
    }

    Path path(final long number) {
        return folder.resolve(name(number) + ".journal");
    }

    Path newPath(final long number) {
        return folder.resolve(name(number) + NEW);
    }

    /** Numbers of all segments, in order. */
    public List<Long> numbers() {
        final List<Long> numbers = new ArrayList<>();
        for (final String name : names()) {
            final Matcher segment = SEGMENT.matcher(name);
            if (segment.matches()) {
                try {
                    numbers.add(Long.valueOf(segment.group(1)));
                } catch (final NumberFormatException e) {
                    throw StorageError.damaged(folder.resolve(name), 0, "number is beyond 2^63");
                }
            }
        }
        Collections.sort(numbers);
        return numbers;
    }

    private List<String> names() {
        try {
            return storage.list(folder);
        } catch (final IOException e) {
            throw StorageError.failed(
                    "journal could not be listed", folder, e, "check the folder's permissions and the disk");
        }
    }

    /** Removes what an interrupted making left. */
    void removeLeftovers() throws IOException {
        for (final String name : storage.list(folder)) {
            if (name.endsWith(NEW)) {
                storage.delete(folder.resolve(name));
            }
        }
    }

    void delete(final long number) throws IOException {
        storage.delete(path(number));
    }

    /** Gives a damaged segment another name, so that nobody reads it. */
    private void setAside(final long number) throws IOException {
        Path aside = folder.resolve(name(number) + ".damaged");
        for (int i = 2; storage.exists(aside); i++) {
            aside = folder.resolve(name(number) + "." + i + ".damaged");
        }
        storage.rename(path(number), aside);
    }

    /** The same for those that are there of several; what a salvage gave up is in nobody's way any more. */
    void setAside(final List<Long> numbers) throws IOException {
        for (final long number : numbers) {
            if (storage.exists(path(number))) {
                setAside(number);
            }
        }
        if (!numbers.isEmpty()) {
            force();
        }
    }

    void force() throws IOException {
        storage.forceFolder(folder);
    }
}
