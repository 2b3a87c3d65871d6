package io.taktdb.persistence.journal;

import io.taktdb.persistence.journal.SegmentScan.Damage;
import io.taktdb.persistence.storage.StorageError;
import io.taktdb.runtime.journal.HashedState;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a whole journal and decides what a start does with it, as {@link JournalFormat} says. Changes nothing.
 *
 * <p>Threading: one thread.
 */
public final class JournalPlanner {
    private final SegmentCatalog catalog;
    private final long afterCommit;
    private final boolean isSalvage;
    private final List<SegmentScan> replay = new ArrayList<>();
    private final Map<Long, Long> hashes = new HashMap<>();
    private final Map<Long, HashedState> states = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Long> orphans = new ArrayList<>();
    private final List<Long> givenUp = new ArrayList<>();
    private final List<SegmentLog.Kept> kept = new ArrayList<>();
    private long nextCommit;
    private long nextSequence = 1;

    private JournalPlanner(final SegmentCatalog catalog, final long afterCommit, final boolean isSalvage) {
        this.catalog = catalog;
        this.afterCommit = afterCommit;
        this.isSalvage = isSalvage;
        this.nextCommit = afterCommit + 1;
    }

    /**
     * The plan for a world that is loaded from a snapshot.
     *
     * @param afterCommit the snapshot's commit, 0 when there is none
     * @param isSalvage whether what is behind damage may be given up
     * @throws DbException STORAGE_DAMAGED frames that were durable are damaged or missing; STORAGE_FAILED a file cannot
     *     be read
     */
    public static JournalPlan plan(final SegmentCatalog catalog, final long afterCommit, final boolean isSalvage) {
        return new JournalPlanner(catalog, afterCommit, isSalvage).run();
    }

    private JournalPlan run() {
        final List<Long> numbers = catalog.numbers();
        final List<SegmentHeader> headers =
                numbers.stream().map(this::headerOrNull).toList();
        int first = 0;
        for (int i = 0; i < numbers.size(); i++) {
            if (headers.get(i) != null && headers.get(i).baseCommit() <= afterCommit) {
                first = i;
            }
        }
        for (int i = 0; i < first; i++) {
            final long base = headers.get(i) == null ? 0 : headers.get(i).baseCommit();
            kept.add(new SegmentLog.Kept(
                    numbers.get(i),
                    base,
                    headers.get(i) == null ? 0 : headers.get(i).bytes()));
        }
        final List<SegmentScan> scans = new ArrayList<>();
        for (int i = first; i < numbers.size(); i++) {
            scans.add(scan(numbers.get(i)));
        }
        decide(numbers.subList(Math.min(first, numbers.size()), numbers.size()), scans);
        final long nextNumber = numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1) + 1;
        return new JournalPlan(
                replay,
                afterCommit,
                nextCommit - 1,
                hashes,
                states,
                warnings,
                orphans,
                givenUp,
                kept,
                nextNumber,
                nextSequence);
    }

    private SegmentHeader headerOrNull(final long number) {
        try (SegmentReader reader = SegmentReader.open(catalog.storage(), catalog.path(number), number)) {
            return reader.header();
        } catch (final IOException e) {
            throw failed(catalog.path(number), e);
        } catch (final DbException e) {
            if (e.code() != ErrorCode.STORAGE_DAMAGED) {
                throw e;
            }
            return null;
        }
    }

    /** The segment's content; one whose header is damaged is nothing but damage. */
    private SegmentScan scan(final long number) {
        final Path path = catalog.path(number);
        try {
            return SegmentScan.of(catalog.storage(), path, number);
        } catch (final IOException e) {
            throw failed(path, e);
        } catch (final DbException e) {
            if (e.code() != ErrorCode.STORAGE_DAMAGED) {
                throw e;
            }
            final Damage damage = new Damage(path, 0, -1, "header of the segment is damaged");
            return new SegmentScan(path, null, 0, 0, 0, Map.of(), List.of(), false, 0, -1, true, damage);
        }
    }

    private static DbException failed(final Path path, final IOException e) {
        return StorageError.failed(
                "journal could not be read", path, e, "check the disk and the file's permissions, nothing was changed");
    }

    private void decide(final List<Long> numbers, final List<SegmentScan> scans) {
        for (int i = 0; i < scans.size(); i++) {
            final SegmentScan scan = scans.get(i);
            if (isOrphan(scans, i)) {
                orphans.addAll(numbers.subList(i, numbers.size()));
                warnings.add("segments were left out that were written while the disk failed, nothing in them was"
                        + " acknowledged: from=" + scan.path() + ", segments=" + (numbers.size() - i));
                return;
            }
            final Damage damage = damageOf(scans, i);
            if (damage != null) {
                giveUp(damage, numbers, scans, i);
                return;
            }
            note(scan, i == scans.size() - 1);
            kept.add(new SegmentLog.Kept(
                    scan.header().number(),
                    scan.header().baseCommit(),
                    scan.header().bytes()));
            take(scan);
        }
    }

    private void take(final SegmentScan scan) {
        hashes.putAll(scan.hashes());
        for (final HashedState state : scan.states()) {
            states.put(state.commit(), state);
        }
        nextSequence = scan.lastSequence() + 1;
        if (scan.lastCommit() >= nextCommit) {
            replay.add(scan);
            nextCommit = scan.lastCommit() + 1;
        }
    }

    /** Written after a failure, and the snapshot that should have carried it was never taken. */
    private boolean isOrphan(final List<SegmentScan> scans, final int index) {
        final SegmentScan scan = scans.get(index);
        boolean isConfirmed = false;
        for (int i = index; i < scans.size(); i++) {
            isConfirmed |= !scans.get(i).hashes().isEmpty();
        }
        return scan.header() != null
                && scan.header().needsSnapshot()
                && scan.startCommit() > nextCommit
                && !isConfirmed;
    }

    private Damage damageOf(final List<SegmentScan> scans, final int index) {
        final SegmentScan scan = scans.get(index);
        final SegmentScan before = index == 0 ? null : scans.get(index - 1);
        if (scan.header() == null) {
            return scan.damage();
        }
        if (before != null && scan.header().durableSequence() > before.lastSequence()) {
            return new Damage(
                    before.path(),
                    before.endOffset(),
                    before.lastSequence() + 1,
                    "frames are missing that were durable, as segment "
                            + scan.header().number() + " says");
        }
        if (scan.startCommit() > nextCommit) {
            return new Damage(
                    scan.path(),
                    JournalFormat.FRAMES,
                    scan.header().firstSequence(),
                    "commits " + nextCommit + " to " + (scan.startCommit() - 1) + " are missing");
        }
        if (scan.damage() == null && scan.hasEnd() && index == scans.size() - 1) {
            return new Damage(
                    scan.path(), scan.endOffset(), scan.lastSequence() + 1, "the segment after this one is missing");
        }
        return scan.damage();
    }

    private void giveUp(final Damage damage, final List<Long> numbers, final List<SegmentScan> scans, final int index) {
        if (!isSalvage) {
            throw refuse(damage);
        }
        final SegmentScan scan = scans.get(index);
        if (scan.header() != null && scan.startCommit() <= nextCommit) {
            take(scan);
        }
        givenUp.addAll(numbers.subList(index, numbers.size()));
        warnings.add("journal is damaged and was given up from there: " + damage + ", lastCommit=" + (nextCommit - 1));
        for (int i = index; i < scans.size(); i++) {
            final SegmentScan lost = scans.get(i);
            if (i > index && lost.header() != null && lost.firstCommit() > 0) {
                warnings.add("commits " + lost.firstCommit() + " to " + lost.lastCommit() + " are lost though "
                        + lost.path() + " holds them: they follow what is damaged");
            }
        }
    }

    private DbException refuse(final Damage damage) {
        return new DbException(
                        ErrorCode.STORAGE_DAMAGED,
                        "journal is damaged where it was acknowledged: " + damage + ", lastGoodCommit="
                                + (nextCommit - 1)
                                + "; restore the file from a copy, or start once with --salvage, which keeps what can"
                                + " be proven and lists what is lost")
                .with("file", damage.path().toString())
                .with("offset", damage.offset())
                .with("sequence", damage.sequence());
    }

    private void note(final SegmentScan scan, final boolean isLast) {
        if (scan.isHeaderHurt()) {
            warnings.add("one copy of a segment's header is damaged, the other is used: file=" + scan.path());
        }
        if (scan.tornFrom() >= 0 && isLast) {
            warnings.add("torn tail was cut: file=" + scan.path() + ", offset=" + scan.endOffset() + ", sequence="
                    + (scan.lastSequence() + 1) + "; nothing in it was acknowledged");
        }
    }
}
