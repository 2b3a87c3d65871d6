package io.taktdb.persistence.journal;

import io.taktdb.runtime.command.Submission;
import io.taktdb.runtime.journal.JournalCommit;
import io.taktdb.runtime.journal.ReplayTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** The bodies of frames with commits, both ways; drawn at {@link JournalFormat}. Threading: none of its own. */
final class CommitBody {
    private static final int HEAD_BYTES = 20;
    private static final int COMMAND_HEAD_BYTES = 13;
    private static final int TICKS_HEAD_BYTES = 16;
    private static final int IS_TICK = 1;

    private CommitBody() {}

    static long bytes(final JournalCommit commit) {
        long bytes = HEAD_BYTES + 2L * commit.failedSystems().length;
        for (final Submission command : commit.commands()) {
            bytes += command.isRepeated() ? 0 : COMMAND_HEAD_BYTES + command.length() + keyBytes(command);
        }
        return bytes;
    }

    static void write(final JournalCommit commit, final FrameWriter out) throws IOException {
        out.putLong(commit.timeMicros());
        out.putInt(commit.rate());
        out.putByte(commit.isTick() ? IS_TICK : 0);
        out.putByte(0);
        out.putShort(commit.failedSystems().length);
        out.putInt(done(commit.commands()));
        for (final int system : commit.failedSystems()) {
            out.putShort(system);
        }
        for (final Submission command : commit.commands()) {
            if (!command.isRepeated()) {
                write(command, out);
            }
        }
    }

    /** Those that are only answered again have left nothing to be replayed. */
    private static int done(final Submission[] commands) {
        int count = 0;
        for (final Submission command : commands) {
            count += command.isRepeated() ? 0 : 1;
        }
        return count;
    }

    private static int keyBytes(final Submission command) {
        return command.key() == null ? 0 : command.key().length;
    }

    private static void write(final Submission command, final FrameWriter out) throws IOException {
        out.putLong(command.number());
        out.putByte(keyBytes(command));
        out.putInt(command.length());
        if (command.key() != null) {
            out.putBytes(command.key());
        }
        out.putBytes(command.command(), command.length());
    }

    static long bytes(final TickRun run) {
        long bytes = TICKS_HEAD_BYTES;
        for (int i = 1; i < run.count(); i++) {
            bytes += varintBytes(run.stepMicros(i));
        }
        return bytes;
    }

    static void write(final TickRun run, final FrameWriter out) throws IOException {
        out.putLong(run.timeMicros(0));
        out.putInt(run.rate());
        out.putInt(run.count());
        for (int i = 1; i < run.count(); i++) {
            long left = run.stepMicros(i);
            while (left > 0x7F) {
                out.putByte((int) (left & 0x7F | 0x80));
                left >>>= 7;
            }
            out.putByte((int) left);
        }
    }

    private static int varintBytes(final long value) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    }

    /**
     * How many commits a frame holds.
     *
     * @throws RuntimeException the body is not what its kind says
     */
    static int count(final Frame frame) {
        if (frame.kind() == JournalFormat.COMMIT) {
            return 1;
        }
        if (frame.kind() == JournalFormat.TICKS) {
            return body(frame).getInt(12);
        }
        return 0;
    }

    private static ByteBuffer body(final Frame frame) {
        return ByteBuffer.wrap(frame.body(), 0, frame.bodyBytes()).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Makes the commits of a frame again, but those up to one that is there already. */
    static void replay(final Frame frame, final long after, final ReplayTarget target) {
        if (frame.kind() == JournalFormat.COMMIT) {
            replayCommit(frame, body(frame), target);
        } else {
            replayTicks(frame, body(frame), after, target);
        }
    }

    private static void replayCommit(final Frame frame, final ByteBuffer in, final ReplayTarget target) {
        target.begin(frame.commit(), frame.tick(), in.getLong(), in.getInt());
        final boolean isTick = in.get() == IS_TICK;
        in.get();
        final int[] failed = in.getShort() == 0 ? JournalCommit.NO_SYSTEMS : new int[in.getShort(in.position() - 2)];
        final int commands = in.getInt();
        for (int i = 0; i < failed.length; i++) {
            failed[i] = in.getShort() & 0xFFFF;
        }
        final UnsafeBuffer bytes = new UnsafeBuffer(frame.body());
        for (int i = 0; i < commands; i++) {
            final long number = in.getLong();
            final int keyBytes = in.get() & 0xFF;
            final int length = in.getInt();
            final byte[] key = keyBytes == 0 ? null : new byte[keyBytes];
            if (key != null) {
                in.get(key);
            }
            target.command(number, key, bytes, in.position(), length);
            in.position(in.position() + length);
        }
        target.end(isTick, failed);
    }

    private static void replayTicks(
            final Frame frame, final ByteBuffer in, final long after, final ReplayTarget target) {
        long timeMicros = in.getLong();
        final int rate = in.getInt();
        final int count = in.getInt();
        for (int i = 0; i < count; i++) {
            timeMicros += i == 0 ? 0 : varint(in);
            if (frame.commit() + i > after) {
                target.begin(frame.commit() + i, frame.tick() + i, timeMicros, rate);
                target.end(true, JournalCommit.NO_SYSTEMS);
            }
        }
    }

    private static long varint(final ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next = in.get();
        while (next < 0) {
            value |= (long) (next & 0x7F) << shift;
            shift += 7;
            next = in.get();
        }
        return value | (long) next << shift;
    }
}
