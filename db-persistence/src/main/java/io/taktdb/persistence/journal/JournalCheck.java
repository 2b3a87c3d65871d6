package io.taktdb.persistence.journal;

import io.taktdb.persistence.storage.StorageError;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at every segment by itself, without changing anything. Threading: one thread. */
public final class JournalCheck {
    private JournalCheck() {}

    /**
     * One segment.
     *
     * @param text what it holds, or what is wrong
     */
    public record Line(String text, boolean isSound) {}

    /**
     * One line for each segment, in order.
     *
     * @throws DbException STORAGE_FAILED a file cannot be read
     */
    public static List<Line> lines(final SegmentCatalog catalog) {
        final List<Line> lines = new ArrayList<>();
        for (final long number : catalog.numbers()) {
            lines.add(line(catalog, number));
        }
        return lines;
    }

    private static Line line(final SegmentCatalog catalog, final long number) {
        final Path path = catalog.path(number);
        final String name = "segment " + number + ": ";
        try {
            final SegmentScan scan = SegmentScan.of(catalog.storage(), path, number);
            final String content = "commits="
                    + (scan.firstCommit() == 0 ? "none" : scan.firstCommit() + ".." + scan.lastCommit())
                    + ", sequences=" + scan.header().firstSequence() + ".." + scan.lastSequence() + ", bytes="
                    + scan.endOffset() + (scan.header().needsSnapshot() ? ", needs a snapshot" : "")
                    + (scan.isHeaderHurt() ? ", one copy of its header is damaged" : "")
                    + (scan.tornFrom() >= 0 && scan.damage() == null ? ", torn tail from " + scan.endOffset() : "");
            final boolean isSound = scan.damage() == null && !scan.isHeaderHurt();
            return new Line(name + content + (scan.damage() == null ? "" : ", damaged: " + scan.damage()), isSound);
        } catch (final IOException e) {
            throw StorageError.failed(
                    "journal could not be read", path, e, "check the disk and the file's permissions");
        } catch (final DbException e) {
            if (e.code() != ErrorCode.STORAGE_DAMAGED) {
                throw e;
            }
            return new Line(name + "damaged: " + e.getMessage(), false);
        }
    }
}
