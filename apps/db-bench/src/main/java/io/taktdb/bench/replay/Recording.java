package io.taktdb.bench.replay;

import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.journal.JournalCommit;
import io.taktdb.runtime.journal.ReplayTarget;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Commits in a file, one behind the other, as Java writes numbers:
 *
 * <pre>
 *   commit i64, tick i64, time i64, rate i32, isTick u8, failed systems i32, each i32,
 *   commands i32, each: number i64, bytes i32, the bytes
 * </pre>
 *
 * Threading: one thread.
 */
final class Recording {
    private Recording() {}

    /** Writes a commit. */
    static void write(final DataOutputStream out, final JournalCommit commit) throws IOException {
        out.writeLong(commit.commit());
        out.writeLong(commit.tick());
        out.writeLong(commit.timeMicros());
        out.writeInt(commit.rate());
        out.writeBoolean(commit.isTick());
        out.writeInt(commit.failedSystems().length);
        for (final int system : commit.failedSystems()) {
            out.writeInt(system);
        }
        out.writeInt(commit.commands().length);
        for (final Submission command : commit.commands()) {
            final byte[] bytes = new byte[command.length()];
            command.command().getBytes(0, bytes);
            out.writeLong(command.number());
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /**
     * Makes the next commit again.
     *
     * @return its tick, negative when none follows
     */
    static long replay(final DataInputStream in, final ReplayTarget target) throws IOException {
        final long commit;
        try {
            commit = in.readLong();
        } catch (final EOFException e) {
            return -1;
        }
        final long tick = in.readLong();
        target.begin(commit, tick, in.readLong(), in.readInt());
        final boolean isTick = in.readBoolean();
        final int[] failed = new int[in.readInt()];
        for (int i = 0; i < failed.length; i++) {
            failed[i] = in.readInt();
        }
        final int commands = in.readInt();
        for (int i = 0; i < commands; i++) {
            final long number = in.readLong();
            final byte[] bytes = in.readNBytes(in.readInt());
            target.command(number, null, new UnsafeBuffer(bytes), 0, bytes.length);
        }
        target.end(isTick, failed);
        return tick;
    }
}
