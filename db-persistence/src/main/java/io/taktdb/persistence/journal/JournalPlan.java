package io.taktdb.persistence.journal;

import io.taktdb.runtime.journal.HashedState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to be done with a journal: which segments to replay, and how to go on.
 *
 * @param replay segments in order; commits up to {@code afterCommit} are skipped in them
 * @param afterCommit the commit of the snapshot that the world is loaded from
 * @param lastCommit the newest commit that can be made again; {@code afterCommit} when there is none behind it
 * @param hashes of states, by commit, to be compared on the way
 * @param states that were hashed while the world ran, by commit, to be compared on the way
 * @param warnings what was got around, in words
 * @param orphans segments whose commits nobody was told of and that follow nothing; to be deleted
 * @param givenUp segments that are damaged or lie behind damage, under --salvage; to be set aside once a snapshot holds
 *     what was saved
 * @param kept segments that stay, for retention
 * @param nextNumber of the next segment
 * @param nextSequence of its first frame
 */
public record JournalPlan(
        List<SegmentScan> replay,
        long afterCommit,
        long lastCommit,
        Map<Long, Long> hashes,
        Map<Long, HashedState> states,
        List<String> warnings,
        List<Long> orphans,
        List<Long> givenUp,
        List<SegmentLog.Kept> kept,
        long nextNumber,
        long nextSequence) {
    public JournalPlan {
        replay = List.copyOf(replay);
        hashes = Map.copyOf(hashes);
        states = Map.copyOf(states);
        warnings = List.copyOf(warnings);
        orphans = List.copyOf(orphans);
        givenUp = List.copyOf(givenUp);
        kept = List.copyOf(kept);
    }

    /** Nothing to replay, and nothing known of files. */
    public static JournalPlan none(final long afterCommit) {
        return new JournalPlan(
                List.of(),
                afterCommit,
                afterCommit,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                1,
                1);
    }

    /** The same, but nothing is made again: what follows the snapshot is given up. */
    public JournalPlan withoutReplay() {
        final List<Long> all = new ArrayList<>(givenUp);
        for (final SegmentScan segment : replay) {
            all.add(segment.header().number());
        }
        return new JournalPlan(
                List.of(),
                afterCommit,
                afterCommit,
                hashes,
                states,
                warnings,
                orphans,
                all.stream().distinct().toList(),
                kept,
                nextNumber,
                nextSequence);
    }

    /** Seeds of the worlds that the segments to replay belong to, by file. */
    public Map<Path, Long> seeds() {
        final Map<Path, Long> seeds = new TreeMap<>();
        replay.forEach(segment -> seeds.put(segment.path(), segment.header().seed()));
        return seeds;
    }

    /** Whether damage was got around by giving something up. */
    public boolean isSalvaged() {
        return !givenUp.isEmpty();
    }
}
