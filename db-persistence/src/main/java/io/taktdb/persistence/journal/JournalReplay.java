package io.taktdb.persistence.journal;

import io.taktdb.persistence.storage.Storage;
import io.taktdb.persistence.storage.StorageError;
import io.taktdb.runtime.journal.HashedState;
import io.taktdb.runtime.journal.ReplayTarget;
import io.taktdb.types.error.DbException;
import io.taktdb.types.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.agrona.DirectBuffer;

/** Makes the commits of a {@link JournalPlan} again. Threading: the opening thread. */
public final class JournalReplay {
    private final Storage storage;
    private final JournalPlan plan;
    private final Checked target;

    /** Prepares a replay of all that is behind the snapshot. */
    public JournalReplay(final Storage storage, final JournalPlan plan, final ReplayTarget target) {
        this.storage = storage;
        this.plan = plan;
        this.target = new Checked(target, plan);
    }

    /** Whether the engine was changed. */
    public boolean hasBegun() {
        return target.commit != plan.afterCommit();
    }

    /**
     * Replays.
     *
     * @throws DbException STORAGE_FAILED it cannot be read, or the engine makes it otherwise; STORAGE_DAMAGED the state
     *     that comes out has not the hash that was recorded
     */
    public void run() {
        for (final SegmentScan segment : plan.replay()) {
            try (SegmentReader reader =
                    SegmentReader.open(storage, segment.path(), segment.header().number())) {
                segment(reader, segment);
            } catch (final IOException e) {
                throw StorageError.failed(
                        "journal could not be read", segment.path(), e, "check the disk and the file's permissions");
            }
        }
        if (target.commit != plan.lastCommit()) {
            throw new DbException(
                    ErrorCode.STORAGE_FAILED,
                    "journal changed while it was read: lastCommit=" + target.commit + ", found=" + plan.lastCommit()
                            + "; make sure that nobody else uses the data folder");
        }
    }

    private void segment(final SegmentReader reader, final SegmentScan segment) throws IOException {
        while (reader.position() < segment.endOffset() && target.commit < segment.lastCommit()) {
            final Frame frame = reader.next();
            if (frame == null) {
                return;
            }
            if (frame.kind() == JournalFormat.WORLD) {
                final String modules = new String(frame.body(), 0, frame.bodyBytes(), StandardCharsets.UTF_8);
                target.modules(modules.isEmpty() ? List.of() : List.of(modules.split("\n")));
            }
            final int count = CommitBody.count(frame);
            if (count > 0 && frame.commit() + count - 1 > target.commit) {
                CommitBody.replay(frame, target.commit, target);
            }
        }
    }

    /** The engine, with every recorded hash compared. */
    private static final class Checked implements ReplayTarget {
        private final ReplayTarget engine;
        private final JournalPlan plan;
        private long commit;
        private long tick;

        Checked(final ReplayTarget engine, final JournalPlan plan) {
            this.engine = engine;
            this.plan = plan;
            this.commit = plan.afterCommit();
        }

        @Override
        public void modules(final List<String> recorded) {
            engine.modules(recorded);
        }

        @Override
        public void begin(final long newCommit, final long newTick, final long timeMicros, final int rate) {
            engine.begin(newCommit, newTick, timeMicros, rate);
            tick = newTick;
            commit = newCommit;
        }

        @Override
        public void command(
                final long number, final byte[] key, final DirectBuffer buffer, final int offset, final int length) {
            engine.command(number, key, buffer, offset, length);
        }

        @Override
        public void end(final boolean isTick, final int[] failedSystems) {
            engine.end(isTick, failedSystems);
            final Long recorded = plan.hashes().get(commit);
            final HashedState noted = plan.states().get(commit);
            if (recorded != null) {
                require(recorded, stateHash(), null);
            }
            if (noted != null) {
                require(noted.hash(), stateHash(), noted);
            }
        }

        private void require(final long recorded, final long replayed, final HashedState noted) {
            if (recorded != replayed) {
                throw new DbException(
                                ErrorCode.STORAGE_DAMAGED,
                                "replay gives another state than was recorded: tick=" + tick + ", commit=" + commit
                                        + ", recorded=" + Long.toHexString(recorded) + ", replayed="
                                        + Long.toHexString(replayed)
                                        + (noted == null ? "" : ", tables=" + engine.different(noted.tables()))
                                        + "; the code that runs is not the code that ran, or it is not deterministic:"
                                        + " start the code that wrote the journal")
                        .with("tick", tick)
                        .with("commit", commit);
            }
        }

        @Override
        public long stateHash() {
            return engine.stateHash();
        }

        @Override
        public List<String> different(final List<HashedState.Table> recorded) {
            return engine.different(recorded);
        }
    }
}
