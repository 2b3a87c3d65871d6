package io.taktdb.persistence.journal;

import io.taktdb.persistence.storage.Storage;
import io.taktdb.runtime.journal.HashedState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one segment holds, after every byte of it was checked.
 *
 * @param firstCommit of its frames, 0 when it holds none
 * @param lastCommit of its frames, its base when it holds none
 * @param lastSequence of its frames, one less than its first when it holds none
 * @param hashes of snapshots that it says are durable, by commit
 * @param states what states hash to that it noted
 * @param hasEnd whether the next segment was made
 * @param endOffset behind the last valid frame
 * @param tornFrom where bytes begin that belong to no valid frame, -1 when there are none
 * @param damage what is wrong, or null
 */
record SegmentScan(
        Path path,
        SegmentHeader header,
        long firstCommit,
        long lastCommit,
        long lastSequence,
        Map<Long, Long> hashes,
        List<HashedState> states,
        boolean hasEnd,
        long endOffset,
        long tornFrom,
        boolean isHeaderHurt,
        Damage damage) {
    /** The first thing that is wrong in a segment. */
    record Damage(Path path, long offset, long sequence, String fact) {
        @Override
        public String toString() {
            return "file=" + path + ", offset=" + offset + ", sequence=" + sequence + ", cause=" + fact;
        }
    }

    /**
     * Reads a segment.
     *
     * @throws io.taktdb.types.error.DbException STORAGE_DAMAGED its header is not valid
     */
    static SegmentScan of(final Storage storage, final Path path, final long number) throws IOException {
        try (SegmentReader reader = SegmentReader.open(storage, path, number)) {
            return new Scan(reader).run();
        }
    }

    /** The commit that its first one has, or would have. */
    long startCommit() {
        return header.baseCommit() + 1;
    }

    /** The scan under way. */
    private static final class Scan {
        private final SegmentReader reader;
        private final Map<Long, Long> hashes = new HashMap<>();
        private final List<HashedState> states = new ArrayList<>();
        private long firstCommit;
        private long lastCommit;
        private boolean hasEnd;
        private Damage damage;

        Scan(final SegmentReader reader) {
            this.reader = reader;
            this.lastCommit = reader.header().baseCommit();
        }

        SegmentScan run() throws IOException {
            long offset = reader.position();
            Frame frame = reader.next();
            while (frame != null && damage == null && !hasEnd) {
                take(frame, offset);
                offset = reader.position();
                frame = damage == null && !hasEnd ? reader.next() : null;
            }
            final long torn = damage == null && !hasEnd ? reader.firstByteBehind() : SegmentReader.NONE;
            if (damage == null) {
                checkEnd(torn);
            }
            return new SegmentScan(
                    reader.path(),
                    reader.header(),
                    firstCommit,
                    lastCommit,
                    reader.sequence() - (hasEnd ? 2 : 1),
                    Map.copyOf(hashes),
                    List.copyOf(states),
                    hasEnd,
                    offset,
                    torn,
                    reader.isHeaderHurt(),
                    damage);
        }

        private void checkEnd(final long torn) throws IOException {
            if (reader.isCutShort()) {
                damage = damage(
                        reader.size(),
                        "file has " + reader.size() + " bytes, not "
                                + reader.header().bytes() + " as its header says");
            } else if (torn != SegmentReader.NONE) {
                final long evidence = reader.evidence();
                if (evidence != SegmentReader.NONE) {
                    damage = damage(
                            reader.position(),
                            "frame is damaged that was durable, as the one at " + evidence + " says");
                }
            }
        }

        private Damage damage(final long offset, final String fact) {
            return new Damage(reader.path(), offset, reader.sequence(), fact);
        }

        private void take(final Frame frame, final long offset) {
            switch (frame.kind()) {
                case JournalFormat.COMMIT, JournalFormat.TICKS -> {
                    final int count = CommitBody.count(frame);
                    if (frame.commit() != lastCommit + 1 || count < 1) {
                        damage = damage(offset, "commit " + frame.commit() + " does not follow commit " + lastCommit);
                        return;
                    }
                    firstCommit = firstCommit == 0 ? frame.commit() : firstCommit;
                    lastCommit += count;
                }
                case JournalFormat.SNAPSHOT ->
                    hashes.put(
                            frame.commit(),
                            java.nio.ByteBuffer.wrap(frame.body())
                                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                                    .getLong(0));
                case JournalFormat.HASH -> {
                    if (frame.commit() <= lastCommit) { // else its commit was cut off: another will have its number
                        states.add(HashBody.decode(frame));
                    }
                }
                case JournalFormat.END -> hasEnd = true;
                default -> {
                    // world and mark hold no commits
                }
            }
        }
    }
}
